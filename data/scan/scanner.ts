import { isUtf8 } from 'node:buffer';
import { type KernelModule, kernelMemory, kernelModule, kernelOn, type WasmMemory } from '../../support/wasm/kernel.js';
import { unlessRefused } from '../../support/wasm/refused.js';
import { PackedTokens, type TokenSource } from '../packed-tokens.js';
import { parseJson } from '../read/json/parse-json.js';
import { LOGPROB_SLACK, type Token } from '../record.js';
import { kernelBytes } from './kernel-bytes.js';

/** A line in two parts: all fields but its tokens as JSON (`tokens` is null there), and the tokens as numbers. */
interface Scanned {
  value: Record<string, unknown>;
  tokens: PackedTokens;
}

/** A global variable of the kernel. */
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

/** These constants equal those in assembly/kernel.ts. */
const DONE = 2;
const LEAST_POWER = -64;
const MOST_POWER = 22;
const TENS = 2048;
/** How many numbers the kernel writes per token: from, to, code units, alternatives, from and to of its text. */
const SHAPE = 6;
/** Address of the line in the kernel's memory. */
const LINE = 4096;
/** How many bytes after the end of a line may be read. */
const BEYOND = 32;
/** The fewest bytes of a token or an alternative: `{"token":""}`. */
const LEAST_BYTES = 12;
/** Longer lines are parsed as JSON, because the kernel needs memory for several times the longest line. */
const MOST_BYTES = 2 ** 25;
const PAGE = 2 ** 16;

let compiled: KernelModule | undefined;

/**
 * Reads the token log-probabilities of JSON Lines directly from bytes, in WebAssembly; JSON.parse reads only the rest
 * of the line. The result equals that of JSON.parse and `checkRecord` to the bit. If a line is unusual in any way, or
 * the system refuses WebAssembly, there is no result, and the caller parses the line as usual. Use one scanner per
 * thread. Memory: about six times the longest line.
 */
export class Scanner {
  #memory!: WasmMemory;
  /** Null if the system refuses WebAssembly; the caller then parses all lines as usual. */
  #kernel: Kernel | null = null;
  #bytes!: Uint8Array;
  #capacity = 0;
  /** The system has refused memory. Do not ask again: each refusal takes the engine a second. */
  #isRefused = false;
  #numbers = 0;
  #tokens = 0;
  #slow = 0;

  constructor() {
    this.#open(PAGE);
  }

  /**
   * Scans the line [from, to) of `bytes`, which must not change while the tokens are used. null if the line must be
   * parsed as usual.
   */
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
    const places = { logprobsAt: 0, unitsAt: 2, countsAt: 3, stride: SHAPE };
    const tokens = new PackedTokens(n, { logprobs, units: shape, counts: shape }, places, source);
    return { value: value as Record<string, unknown>, tokens };
  }

  /** Reads the numbers that the kernel left to JavaScript; false if one is not a log-probability. */
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

  /**
   * Allocates memory for lines of `capacity` bytes; the earlier memory is dropped. False if the system refuses the
   * memory; then nothing has changed.
   */
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

/** Reads the tokens of a line from its bytes. */
class LineTokens implements TokenSource {
  constructor(
    private readonly bytes: Buffer,
    private readonly shape: Int32Array,
    /** Difference between a position in `bytes` and the kernel's address. */
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

  /** The text of a token. If it has as many code units as bytes, it is ASCII without escapes. */
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
