import type { Token } from './record.js';
import type { TokenList } from './token-list.js';

/** Gives token i whole, with its alternatives, or its text alone. */
export interface TokenSource {
  token(i: number): Token;
  text(i: number): string;
}

/**
 * Tokens as numbers, as a scanner of bytes or a column reader finds them: no object a token, no text until one is asked for.
 * Checked as `checkRecord` does: log-probabilities are at most 0, and NaN where they are null or absent.
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

  /** The tokens' texts, one after another. */
  text(): string {
    let text = '';
    for (let i = 0; i < this.length; i++) text += this.source.text(i);
    return text;
  }

  /** The fewest alternatives with a log-probability that a token with one has; infinite where no token has. */
  fewestAlternatives(): number {
    let fewest = Number.POSITIVE_INFINITY;
    let at = this.logprobsAt;
    for (let i = 0; i < this.length; i++) {
      const has = !Number.isNaN(this.logprobs[at++]);
      const end = at + Math.max(0, this.counts[this.countsAt + i * this.stride]);
      let usable = 0;
      for (; at < end; at++) if (!Number.isNaN(this.logprobs[at])) usable++;
      if (has && usable < fewest) fewest = usable;
    }
    return fewest;
  }

  /** Whether any token has a log-probability. */
  hasLogprob(): boolean {
    let at = this.logprobsAt;
    for (let i = 0; i < this.length; i++) {
      if (!Number.isNaN(this.logprobs[at])) return true;
      at += 1 + Math.max(0, this.counts[this.countsAt + i * this.stride]);
    }
    return false;
  }
}
