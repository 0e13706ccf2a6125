import type { Tensor2D } from '@tensorflow/tfjs-core';
import type { Architecture, Tf } from '../../../models/networks/types.js';
import { type EncodedRows, numbersOf, type StreamedRows } from '../encoded-rows.js';

/** The most watched rows in one pass: their intermediate values take about 10 kB per row. */
const ROWS = 8192;
/** The most numbers in one pass. */
const NUMBERS = 2 ** 23;
/** The most numbers that stay on the backend between passes. */
const KEPT = 2 ** 26;

/** A part of the watched rows: the index of its first row, and its numbers [b, d]. */
interface Block {
  at: number;
  x(): Tensor2D;
}

/** The watched rows of a fit, block by block. */
interface WatchedBlocks {
  /** Call `x` of each block inside `tf.tidy`. */
  blocks(): Iterable<Block>;
  dispose(): void;
}

/** Uploads the rows once if they are few; otherwise block by block, in each pass. Memory: at most 256 MB. */
export function watchedBlocks(tf: Tf, { inputs }: Architecture, watch: EncodedRows | StreamedRows): WatchedBlocks {
  const n = watch.y.length;
  const most = Math.max(1, Math.min(ROWS, Math.floor(NUMBERS / inputs)));
  const blocks = Array.from({ length: Math.ceil(n / most) }, (_, k): Block => {
    const at = k * most;
    const size = Math.min(most, n - at);
    return {
      at,
      x: () =>
        tf.tensor2d(
          numbersOf(watch, inputs, size, (i) => at + i),
          [size, inputs],
        ),
    };
  });
  if (n * inputs > KEPT) return { blocks: () => blocks, dispose: () => {} };
  const kept = blocks.map(({ at, x }) => ({ at, x: x() }));
  return {
    blocks: () => kept.map(({ at, x }) => ({ at, x: () => x })),
    dispose: () => tf.dispose(kept.map(({ x }) => x)),
  };
}
