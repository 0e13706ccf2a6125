import { isUtf8 } from 'node:buffer';
import { type KernelModule, kernelMemory, kernelModule, kernelOn, type WasmMemory } from '../../support/wasm/kernel.js';
import { unlessRefused } from '../../support/wasm/refused.js';
import { PackedTokens, type TokenSource } from '../packed-tokens.js';
import { parseJson } from '../read/parse-json.js';
import { LOGPROB_SLACK, type Token } from '../record.js';
import { kernelBytes } from './kernel-bytes.js';

/** A line taken apart: everything but its tokens as JSON has it (`tokens` is null there), and the tokens as numbers. */
export interface Scanned {
  value: Record<string, unknown>;
  tokens: PackedTokens;
}

/** A number that the kernel shares. */
interface Shared {
  readonly value: number;
}

interface Kernel {
  scan(from: number, end: number, numbers: number, tokens: number, slow: number): number;
  cutFrom: Shared;
  cutTo: Shared;
  tokenCount: Shared;
  numberCount: Shared;
  slowCount: Shared;
}

/** As in assembly/kernel.ts. */
const DONE = 2;
const LEAST_POWER = -64;
const MOST_POWER = 22;
const TENS = 2048;
/** Numbers that the kernel writes of a token: from, to, code units, alternatives, from and to of its text. */
const SHAPE = 6;
/** Where a line lies in the kernel's memory. */
const LINE = 4096;
/** Bytes that may be read beyond a line's end. */
const BEYOND = 32;
/** The fewest bytes that a token or an alternative takes: `{"token":""}`. */
const LEAST_BYTES = 12;
/** Longer lines go the plain way: the kernel's memory is a few times the longest line. */
const MOST_BYTES = 2 ** 25;
const PAGE = 2 ** 16;

let compiled: KernelModule | undefined;

/**
 * Reads the token log-probabilities of JSON Lines straight from bytes, in WebAssembly; JSON.parse sees the rest of the line alone. What it gives is what
 * JSON.parse and `checkRecord` give of the tokens, to the bit; where a line is odd in any way, or the system refuses WebAssembly, it gives nothing, and the
 * caller parses the line as usual. One a thread. Memory: some six times the longest line.
 */
export class Scanner {
  #memory!: WasmMemory;
  /** Null where the system refuses WebAssembly: all lines then go the plain way. */
  #kernel: Kernel | null = null;
  #bytes!: Uint8Array;
  #capacity = 0;
  /** The system refused it memory once: it is not asked again, as a refusal takes the engine a second. */
  #isRefused = false;
  #numbers = 0;
  #tokens = 0;
  #slow = 0;

  constructor() {
    this.#open(PAGE);
  }

  /** The line [from, to) of `bytes`, which must stay as they are as long as the tokens are used; null where it must be parsed as usual. */
  scan(bytes: Buffer, from: number, to: number): Scanned | null {
    const size = to - from;
    if (size > MOST_BYTES || !isUtf8(bytes.subarray(from, to))) return null;
    if (size > this.#capacity && (this.#isRefused || !this.#open(2 * size))) return null;
    const kernel = this.#kernel;
    if (kernel === null) return null;
    const end = LINE + size;
    this.#bytes.set(bytes.subarray(from, to), LINE);
    this.#bytes.fill(0, end, end + BEYOND);
    if (kernel.scan(LINE, end, this.#numbers, this.#tokens, this.#slow) !== DONE) return null;
    const n = kernel.tokenCount.value;
    const { buffer } = this.#memory;
    const logprobs = new Float64Array(buffer.slice(this.#numbers, this.#numbers + 8 * kernel.numberCount.value));
    if (kernel.slowCount.value > 0 && !this.#readSlow(logprobs, kernel.slowCount.value)) return null;
    const shape = new Int32Array(buffer.slice(this.#tokens, this.#tokens + 4 * SHAPE * n));
    const shift = from - LINE;
    const head = bytes.toString('utf8', from, kernel.cutFrom.value + shift);
    const tail = bytes.toString('utf8', kernel.cutTo.value + shift, to);
    let value: unknown;
    try {
      value = parseJson(`${head}null${tail}`);
    } catch {
      return null;
    }
    const source = new LineTokens(bytes, shape, shift);
    const tokens = new PackedTokens(n, logprobs, 0, shape, 2, shape, 3, SHAPE, source);
    return { value: value as Record<string, unknown>, tokens };
  }

  /** Numbers that the kernel left to JavaScript; false where one is no log-probability. */
  #readSlow(logprobs: Float64Array, count: number): boolean {
    const list = new Int32Array(this.#memory.buffer, this.#slow, 3 * count);
    for (let k = 0; k < list.length; k += 3) {
      const text = Buffer.from(this.#memory.buffer, list[k + 1], list[k + 2] - list[k + 1]).toString('latin1');
      const value = Number(text);
      if (value > LOGPROB_SLACK) return false;
      logprobs[list[k]] = value > 0 ? 0 : value;
    }
    return true;
  }

  /** Takes memory for lines of so many bytes, and drops what was there before; false, and nothing changed, where the system refuses it. */
  #open(capacity: number): boolean {
    const most = Math.ceil(capacity / LEAST_BYTES) + 1;
    const numbers = (LINE + capacity + BEYOND + 7) & ~7;
    const tokens = numbers + 8 * most;
    const slow = tokens + 4 * SHAPE * most;
    const opened = unlessRefused(
      () => openKernel(slow + 12 * most),
      () => null,
    );
    if (opened === null) {
      this.#isRefused = true;
      return false;
    }
    this.#capacity = capacity;
    this.#numbers = numbers;
    this.#tokens = tokens;
    this.#slow = slow;
    this.#memory = opened.memory;
    this.#kernel = opened.kernel;
    const { buffer } = opened.memory;
    this.#bytes = new Uint8Array(buffer);
    const words = new BigUint64Array(buffer);
    for (let q = LEAST_POWER; q <= MOST_POWER; q++) {
      const power = powerOfFive(q);
      words[2 * (q - LEAST_POWER)] = power >> 64n;
      words[2 * (q - LEAST_POWER) + 1] = power & 0xffffffffffffffffn;
    }
    const tens = new Float64Array(buffer, TENS, MOST_POWER + 1);
    for (let q = 0; q <= MOST_POWER; q++) tens[q] = 10 ** q;
    return true;
  }
}

function openKernel(bytes: number): { memory: WasmMemory; kernel: Kernel } {
  const memory = kernelMemory(bytes);
  compiled ??= kernelModule(kernelBytes);
  return { memory, kernel: kernelOn<Kernel>(compiled, memory) };
}

/** Texts of a line's tokens. */
class LineTokens implements TokenSource {
  constructor(
    private readonly bytes: Buffer,
    private readonly shape: Int32Array,
    /** From the kernel's places to those in `bytes`. */
    private readonly shift: number,
  ) {}

  token(i: number): Token {
    const { bytes, shape, shift } = this;
    const token = parseJson(bytes.toString('utf8', shape[SHAPE * i] + shift, shape[SHAPE * i + 1] + shift)) as Token;
    if (token.logprob != null && token.logprob > 0) token.logprob = 0;
    for (const alternative of token.top ?? []) {
      if (alternative.logprob != null && alternative.logprob > 0) alternative.logprob = 0;
    }
    return token;
  }

  /** A text of as many code units as bytes is ASCII without an escape. */
  text(i: number): string {
    const { bytes, shape, shift } = this;
    const at = SHAPE * i;
    const from = shape[at + 4] + shift;
    const to = shape[at + 5] + shift;
    if (shape[at + 2] === to - from) return bytes.toString('latin1', from, to);
    return JSON.parse(bytes.toString('utf8', from - 1, to + 1)) as string;
  }
}

/** 5^q, or its inverse rounded up, as 128 bits of which the first is 1. Source: Lemire 2021, appendix B. */
function powerOfFive(q: number): bigint {
  const bits = 1n << 128n;
  if (q >= 0) {
    let power = 5n ** BigInt(q);
    while (power < bits >> 1n) power <<= 1n;
    while (power >= bits) power >>= 1n;
    return power;
  }
  const power = 5n ** BigInt(-q);
  const length = BigInt(power.toString(2).length);
  let inverse = (1n << (q >= -27 ? length + 127n : 2n * length + 128n)) / power + 1n;
  while (inverse >= bits) inverse >>= 1n;
  return inverse;
}
