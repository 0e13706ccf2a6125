import type { Reading } from './token-pieces.js';

/** The tokens of an answer: `tokens[first]` to `tokens[end − 1]`, how their texts were read, and as what (of all tokens up to `end`). */
export interface Aligned {
  first: number;
  end: number;
  reading: Reading;
  pieces: readonly string[];
}
