import type { Token } from './record.js';
import type { TokenList } from './token-list.js';

/** Returns token i with its alternatives, or only its text. */
export interface TokenSource {
  token(i: number): Token;
  text(i: number): string;
}

/**
 * Tokens as arrays of numbers, filled by the byte scanner or the column reader: there is no object per token, and a
 * text is decoded only when asked for. Already checked as `checkRecord` does: log-probabilities are at most 0, and NaN
 * if null or absent.
 */
export class PackedTokens implements TokenList {
  /**
   * @param length tokens
   * @param logprobs of token 0, of its alternatives in their order, of token 1, …, from `logprobsAt` on
   * @param units [length]: UTF-16 code units of the token's text, at `unitsAt + i * stride`
   * @param counts [length]: alternatives of the token, −1 where it has none, at `countsAt + i * stride`
   * @param source what the texts are read from
   */
  constructor(
    readonly length: number,
    readonly logprobs: Float64Array,
    readonly logprobsAt: number,
    readonly units: Int32Array,
    readonly unitsAt: number,
    readonly counts: Int32Array,
    readonly countsAt: number,
    readonly stride: number,
    private readonly source: TokenSource,
  ) {}

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
