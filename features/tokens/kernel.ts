import { type KernelModule, kernelMemory, kernelModule, kernelOn } from '../../support/wasm/kernel.js';
import { unlessRefused } from '../../support/wasm/refused.js';
import { expTable } from './fast-exp.js';
import { kernelBytes } from './kernel-bytes.js';
import { Column } from './kernel-columns.js';
import { plainStatistics } from './plain-statistics.js';

/**
 * Indexes of float64 numbers in the kernel's memory. The table of exp begins at 0, then the sums and the first column
 * follow.
 */
const SUMS_AT = 512;
const COLUMNS_AT = 544;

interface Exports {
  statistics(n: number, k: number, columns: number, stride: number): void;
}

/** The numbers in memory, and the function that computes their statistics. */
interface Allocated {
  numbers: Float64Array<ArrayBuffer>;
  statistics: Exports['statistics'];
}

let compiled: KernelModule | undefined;

function compiledKernel(length: number): Allocated {
  const memory = kernelMemory(8 * length);
  compiled ??= kernelModule(kernelBytes);
  const numbers = new Float64Array(memory.buffer);
  numbers.set(expTable);
  return { numbers, statistics: kernelOn<Exports>(compiled, memory).statistics };
}

function plainKernel(length: number): Allocated {
  const numbers = new Float64Array(length);
  const sums = numbers.subarray(SUMS_AT, COLUMNS_AT);
  return {
    numbers,
    statistics: (n, k, _columns, stride) => plainStatistics(numbers.subarray(COLUMNS_AT), sums, { n, k, stride }),
  };
}

/**
 * Computes the statistics of an answer's tokens from their log-probabilities in WebAssembly, two tokens at a time, with
 * the same bits as plain code. Plain code computes them if the system refuses WebAssembly. Its contents are valid until
 * any table of this thread loads the next answer.
 */
export class TokenKernel {
  #allocated: Allocated | null = null;
  /** The system has refused WebAssembly. Do not ask again: each refusal takes the engine a second. */
  #isPlain = false;
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
    const length = COLUMNS_AT + size;
    const plain = () => {
      this.#isPlain = true;
      return plainKernel(length);
    };
    const { numbers } = (this.#allocated = this.#isPlain
      ? plain()
      : unlessRefused(() => compiledKernel(length), plain));
    this.sums = numbers.subarray(SUMS_AT, COLUMNS_AT);
    this.columns = numbers.subarray(COLUMNS_AT, length);
  }

  /**
   * Computes the other columns and the sums of n tokens from LOGPROB and k columns of TOP. With k = 0, what needs
   * alternatives is undefined.
   */
  run(n: number, k: number): void {
    this.#allocated!.statistics(n, k, 8 * COLUMNS_AT, this.stride);
  }
}

let shared: TokenKernel | undefined;

/** The kernel of this thread, created at first use. */
export function tokenKernel(): TokenKernel {
  return (shared ??= new TokenKernel());
}
