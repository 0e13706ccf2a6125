import type { Reading } from './token-pieces.js';

/**
 * The tokens of an answer: `tokens[first]` to `tokens[end − 1]`; how token texts were read (`reading`); and the bytes
 * that each token stands for (`pieces`).
 */
export interface Aligned {
  first: number;
  end: number;
  reading: Reading;
  pieces: readonly string[];
}
