import { kernelMemory, kernelModule, kernelOn } from '../../support/wasm/kernel.js';
import { expTable } from './fast-exp.js';
import { kernelBytes } from './kernel-bytes.js';

/**
 * Indexes of float64 numbers in the kernel's memory. The table of exp begins at 0, then the sums and the first column
 * follow.
 */
const SUMS_AT = 512;
const COLUMNS_AT = 544;

/** The kernel's columns, with one number per token. `sums` has the sum of each column at the same index. */
export const Column = {
  LOGPROB: 0,
  /** Probability of the chosen token. */
  PROBABILITY: 1,
  /** Entropy over the top k and one bucket for the remaining mass, in nats. */
  ENTROPY: 2,
  /** Log-probability of the chosen token minus that of the best other one. */
  MARGIN: 3,
  /** Entropy without the bucket for the remaining mass. */
  BARE_ENTROPY: 4,
  /** Rényi entropy of order 2 over the same buckets as the entropy. */
  COLLISION: 5,
  /** Mass outside the top k. */
  REST: 6,
  /** Σ_r −p ln p · r, the entropy weighted by rank r. */
  RANKED: 7,
  /** Mean surprisal of the top k, −(1/k) Σ_k ln p_tk: large where one token has all the mass. */
  SURPRISAL: 8,
  /** 1 where an alternative is likelier than the chosen token, else 0. */
  OUTRANKED: 9,
  /** −p ln p of alternative r < 5 is at SHARE + r. */
  SHARE: 10,
  /** The log-probability of alternative r, in descending order, is at TOP + r. Only the first is summed. */
  TOP: 15,
} as const;

/** The number of alternatives whose −p ln p has a column. */
export const RANKS = 5;

/** The greatest −p ln p of alternative r < 5 is in `sums` at SHARE_MOST + r. */
export const SHARE_MOST = 16;

interface Exports {
  statistics(n: number, k: number, columns: number, stride: number): void;
}

/**
 * Computes the statistics of an answer's tokens from their log-probabilities in WebAssembly, two tokens at a time, with
 * the same bits as plain code. Its contents are valid until any table of this thread loads the next answer.
 */
export class TokenKernel {
  readonly #module = kernelModule(kernelBytes);
  #exports: Exports | null = null;
  sums = new Float64Array(0);
  /** Column c of token t at [c · stride + t]. */
  columns = new Float64Array(0);
  stride = 64;
  #count = Column.TOP + 11;

  constructor() {
    this.#allocate();
  }

  /** Makes room for n tokens with k alternatives each. */
  room(n: number, k: number): void {
    if (n < this.stride && Column.TOP + k < this.#count) return;
    this.stride = Math.max(this.stride, 2 * Math.ceil(0.625 * n) + 2);
    this.#count = Math.max(this.#count, Column.TOP + 1 + k);
    this.#allocate();
  }

  #allocate(): void {
    const size = this.#count * this.stride;
    const memory = kernelMemory(8 * (COLUMNS_AT + size));
    const { buffer } = memory;
    new Float64Array(buffer).set(expTable);
    this.sums = new Float64Array(buffer, 8 * SUMS_AT, COLUMNS_AT - SUMS_AT);
    this.columns = new Float64Array(buffer, 8 * COLUMNS_AT, size);
    this.#exports = kernelOn(this.#module, memory);
  }

  /**
   * Computes the other columns and the sums of n tokens from LOGPROB and k columns of TOP. With k = 0, what needs
   * alternatives is undefined.
   */
  run(n: number, k: number): void {
    this.#exports!.statistics(n, k, 8 * COLUMNS_AT, this.stride);
  }
}

let shared: TokenKernel | undefined;

/** The kernel of this thread, created at first use. */
export function tokenKernel(): TokenKernel {
  return (shared ??= new TokenKernel());
}
