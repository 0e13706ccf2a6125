import type { Token } from './record.js';
import type { TokenList } from './token-list.js';

/** Returns token i with its alternatives, or only its text. */
export interface TokenSource {
  token(i: number): Token;
  text(i: number): string;
}

/** The arrays that hold the numbers of an answer's tokens. */
interface TokenArrays {
  /** Log-probabilities of token 0, of its alternatives in order, of token 1, …, from index `logprobsAt` on. */
  logprobs: Float64Array;
  /** UTF-16 code units of token i's text, at `unitsAt + i * stride`. */
  units: Int32Array;
  /** How many alternatives token i has (−1 if not recorded), at `countsAt + i * stride`. */
  counts: Int32Array;
}

/** Where in its arrays an answer begins. */
interface TokenPlaces {
  logprobsAt: number;
  unitsAt: number;
  countsAt: number;
  stride: number;
}

/**
 * Tokens as arrays of numbers, filled by the byte scanner or the column reader: there is no object per token, and a
 * text is decoded only when asked for. Already checked as `checkRecord` does: log-probabilities are at most 0, and NaN
 * if null or absent.
 */
export class PackedTokens implements TokenList {
  readonly logprobs: Float64Array;
  readonly units: Int32Array;
  readonly counts: Int32Array;
  readonly logprobsAt: number;
  readonly unitsAt: number;
  readonly countsAt: number;
  readonly stride: number;

  constructor(
    /** How many tokens there are. */
    readonly length: number,
    { logprobs, units, counts }: TokenArrays,
    { logprobsAt, unitsAt, countsAt, stride }: TokenPlaces,
    private readonly source: TokenSource,
  ) {
    this.logprobs = logprobs;
    this.units = units;
    this.counts = counts;
    this.logprobsAt = logprobsAt;
    this.unitsAt = unitsAt;
    this.countsAt = countsAt;
    this.stride = stride;
  }

  at(i: number): Token | undefined {
    return i >= 0 && i < this.length ? this.source.token(i) : undefined;
  }

  *[Symbol.iterator](): Generator<Token> {
    for (let i = 0; i < this.length; i++) yield this.source.token(i);
  }

  /** The texts of the first `count` tokens, one after another. */
  text(count = this.length): string {
    let text = '';
    for (let i = 0; i < count; i++) text += this.source.text(i);
    return text;
  }

  textOf(i: number): string {
    return this.source.text(i);
  }

  /** UTF-16 code units of a token's text. */
  unitsOf(i: number): number {
    return this.units[this.unitsAt + i * this.stride];
  }

  /** Whether no token has text. */
  isTextless(): boolean {
    for (let i = 0; i < this.length; i++) if (this.unitsOf(i) > 0) return false;
    return this.length > 0;
  }

  /** Whether any of the first `count` tokens has a log-probability, and text unless those without count too. */
  hasLogprob(count: number, textless: boolean): boolean {
    let at = this.logprobsAt;
    for (let i = 0; i < count; i++) {
      if (!Number.isNaN(this.logprobs[at]) && (textless || this.unitsOf(i) > 0)) return true;
      at += 1 + Math.max(0, this.counts[this.countsAt + i * this.stride]);
    }
    return false;
  }
}
