import { describe, expect, it } from 'vitest';
import { openBackend } from '../../../train/backend/ladder.js';
import { setupVariable } from '../../../train/backend/peer.js';
import { trainSmall } from './train-small.js';

/** Largest absolute difference of two lists of one length. */
function farthest(a: number[], b: number[]): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, i) => Math.max(most, Math.abs(value - b[i])), 0);
}

describe('the same small network trained on two backends', () => {
  it('comes out alike on wasm and plain JavaScript', async () => {
    const wasm = await trainSmall((await openBackend('wasm')).tf);
    const cpu = await trainSmall((await openBackend('cpu')).tf);
    expect(wasm.epochs).toBe(cpu.epochs);
    expect(farthest(wasm.parameters, cpu.parameters)).toBeLessThan(1e-4);
    expect(farthest(wasm.logits, cpu.logits)).toBeLessThan(1e-4);
  });

  /** VOUCH_TFJS_NODE names a folder filled by `vouch setup-tfjs --dir`; continuous integration sets it. */
  it.skipIf(!process.env[setupVariable])(
    "comes out alike on wasm and libtensorflow's CPU kernels",
    async () => {
      const native = await openBackend('libtensorflow');
      expect(native.said).toMatch(/^backend libtensorflow: libtensorflow \d+\.\d+\.\d+.*, CPU kernels$/);
      expect(native.tf.getBackend()).toBe('tensorflow');
      const libtensorflow = await trainSmall(native.tf);
      const embedded = await openBackend('wasm');
      expect(embedded.tf.getBackend()).toBe('wasm');
      const wasm = await trainSmall(embedded.tf);
      expect(libtensorflow.epochs).toBe(wasm.epochs);
      expect(farthest(libtensorflow.parameters, wasm.parameters)).toBeLessThan(1e-4);
      expect(farthest(libtensorflow.logits, wasm.logits)).toBeLessThan(1e-4);
      expect(Math.abs(libtensorflow.loss - wasm.loss)).toBeLessThan(1e-5);
    },
    300_000,
  );
});
