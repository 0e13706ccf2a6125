import { kernelMemory, kernelModule, kernelOn } from '../../support/wasm/kernel.js';
import { expTable } from './fast-exp.js';
import { kernelBytes } from './kernel-bytes.js';

/** Float64 places in the kernel's memory: the table of exp, the sums, the first column. */
const SUMS_AT = 512;
const COLUMNS_AT = 544;

/** The kernel's columns, one number a token; `sums` holds at the same place what each adds up to, token after token. */
export const Column = {
  LOGPROB: 0,
  /** p of the chosen token. */
  PROBABILITY: 1,
  /** Entropy over the top k and one bucket for the rest, in nats. */
  ENTROPY: 2,
  /** Log-probability of the chosen token over that of its best rival. */
  MARGIN: 3,
  /** Entropy without the bucket for the rest. */
  BARE_ENTROPY: 4,
  /** Rényi entropy of order 2 over the same buckets as the entropy. */
  COLLISION: 5,
  /** Mass outside the top k. */
  REST: 6,
  /** −p ln p · r, the entropy with rank r as weight. */
  RANKED: 7,
  /** Mean surprisal of the top k, −(1/k) Σ_k ln p_tk: large where all mass is on one. */
  SURPRISAL: 8,
  /** 1 where an alternative is above the chosen token. */
  OUTRANKED: 9,
  /** −p ln p of alternative r < 5, at SHARE + r. */
  SHARE: 10,
  /** Log-probability of alternative r, greatest first, at TOP + r; summed for the first alone. */
  TOP: 15,
} as const;

/** Alternatives whose −p ln p is kept apart. */
export const RANKS = 5;

/** Where in `sums` the greatest −p ln p of alternative r < 5 stands: at SHARE_MOST + r. */
export const SHARE_MOST = 16;

interface Exports {
  statistics(n: number, k: number, columns: number, stride: number): void;
}

/**
 * Where the log-probabilities of an answer's tokens are put and the statistics of them come from: WebAssembly, two tokens at a
 * time, the same bits as plain code. What stands in it lasts until the next answer of any table of this thread.
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
    this.#lay();
  }

  /** Makes room for n tokens with k alternatives. */
  room(n: number, k: number): void {
    if (n < this.stride && Column.TOP + k < this.#count) return;
    this.stride = Math.max(this.stride, 2 * Math.ceil(0.625 * n) + 2);
    this.#count = Math.max(this.#count, Column.TOP + 1 + k);
    this.#lay();
  }

  #lay(): void {
    const size = this.#count * this.stride;
    const memory = kernelMemory(8 * (COLUMNS_AT + size));
    const { buffer } = memory;
    new Float64Array(buffer).set(expTable);
    this.sums = new Float64Array(buffer, 8 * SUMS_AT, COLUMNS_AT - SUMS_AT);
    this.columns = new Float64Array(buffer, 8 * COLUMNS_AT, size);
    this.#exports = kernelOn(this.#module, memory);
  }

  /** Fills the columns and sums from LOGPROB and k of TOP, n tokens long; with k = 0 those of the alternatives hold nothing. */
  run(n: number, k: number): void {
    this.#exports!.statistics(n, k, 8 * COLUMNS_AT, this.stride);
  }
}

let shared: TokenKernel | undefined;

/** The kernel of this thread, made at first use. */
export function tokenKernel(): TokenKernel {
  return (shared ??= new TokenKernel());
}
