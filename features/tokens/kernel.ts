import { type KernelModule, kernelMemory, kernelModule, kernelOn } from '../../support/wasm/kernel.js';
import { unlessRefused } from '../../support/wasm/refused.js';
import { expTable } from './fast-exp.js';
import { kernelBytes } from './kernel-bytes.js';
import { Column } from './kernel-columns.js';
import { plainStatistics } from './plain-statistics.js';

/** Float64 places in the kernel's memory: the table of exp, the sums, the first column. */
const SUMS_AT = 512;
const COLUMNS_AT = 544;

interface Exports {
  statistics(n: number, k: number, columns: number, stride: number): void;
}

/** Numbers in memory, and what computes the statistics of them. */
interface Laid {
  numbers: Float64Array<ArrayBuffer>;
  statistics: Exports['statistics'];
}

let compiled: KernelModule | undefined;

function compiledKernel(length: number): Laid {
  const memory = kernelMemory(8 * length);
  compiled ??= kernelModule(kernelBytes);
  const numbers = new Float64Array(memory.buffer);
  numbers.set(expTable);
  return { numbers, statistics: kernelOn<Exports>(compiled, memory).statistics };
}

function plainKernel(length: number): Laid {
  const numbers = new Float64Array(length);
  const sums = numbers.subarray(SUMS_AT, COLUMNS_AT);
  return {
    numbers,
    statistics: (n, k, _columns, stride) => plainStatistics(numbers.subarray(COLUMNS_AT), sums, { n, k, stride }),
  };
}

/**
 * Where the log-probabilities of an answer's tokens are put and the statistics of them come from: WebAssembly, two tokens at a
 * time, the same bits as plain code, which does it where the system refuses WebAssembly. What stands in it lasts until the next answer of any table of this thread.
 */
export class TokenKernel {
  #laid: Laid | null = null;
  #isPlain = false;
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
    const length = COLUMNS_AT + size;
    const plain = () => {
      this.#isPlain = true; // not asked again: a refusal takes the engine a second
      return plainKernel(length);
    };
    const { numbers } = (this.#laid = this.#isPlain ? plain() : unlessRefused(() => compiledKernel(length), plain));
    this.sums = numbers.subarray(SUMS_AT, COLUMNS_AT);
    this.columns = numbers.subarray(COLUMNS_AT, length);
  }

  /** Fills the columns and sums from LOGPROB and k of TOP, n tokens long; with k = 0 those of the alternatives hold nothing. */
  run(n: number, k: number): void {
    this.#laid!.statistics(n, k, 8 * COLUMNS_AT, this.stride);
  }
}

let shared: TokenKernel | undefined;

/** The kernel of this thread, made at first use. */
export function tokenKernel(): TokenKernel {
  return (shared ??= new TokenKernel());
}
