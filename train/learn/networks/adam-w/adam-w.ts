import type { Member, Tf } from '../../../../models/networks/types.js';
import { adamWInMemory } from './in-memory.js';
import { plainAdamW } from './plain.js';
import { adamWOnResources, hasResources } from './resources.js';
import type { AdamW, AdamWOptions } from './rule.js';

/**
 * The optimiser in the form that the backend is quick at: on WebAssembly, plain code; on libtensorflow, variables that
 * stay in it; else tfjs operations. With operations alone, it took two fifths of a step (bench/probe.ts --rates).
 */
export function adamW(tf: Tf, start: Member, shapes: [number, number][], options: AdamWOptions): AdamW {
  if (tf.getBackend() === 'wasm') return adamWInMemory(tf, start, shapes, options);
  if (hasResources(tf)) return adamWOnResources(tf, start, shapes, options);
  return plainAdamW(tf, start, shapes, options);
}
