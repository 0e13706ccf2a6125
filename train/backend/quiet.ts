import util from 'node:util';
import type { Tf } from '../../models/networks/types.js';

/**
 * Keeps tfjs and libtensorflow from writing to the console: banners, duplicate registrations, start-up lines. What a
 * user has set in the environment wins; TF_CPP_MIN_LOG_LEVEL=0 lets libtensorflow tell why it found no GPU.
 */
export function quiet(tf: Tf): void {
  tf.env().set('PROD', true);
  process.env.TF_CPP_MIN_LOG_LEVEL ??= '3';
  process.env.TF_FORCE_GPU_ALLOW_GROWTH ??= 'true';
}

/**
 * Puts back what tfjs-node 4.22 calls and Node 23 took away; on Node 22, where they only warn, the same without the
 * warning. Source: Node's own former implementations.
 */
export function putBackUtil(): void {
  const old = util as unknown as Record<string, (value: unknown) => boolean>;
  if (Number(process.versions.node.split('.')[0]) < 22) return;
  old.isNullOrUndefined = (value) => value === null || value === undefined;
  old.isArray = Array.isArray;
}

/** Runs `load` with Node's deprecation warnings held back: old dependencies of tfjs-node use punycode. */
export function withoutDeprecations<T>(load: () => T): T {
  const before = process.noDeprecation;
  process.noDeprecation = true;
  try {
    return load();
  } finally {
    process.noDeprecation = before;
  }
}
