import { PackedTokens, type TokenSource } from '../packed-tokens.js';
import type { Alternative, Token } from '../record.js';
import { type TextColumn, textAt } from './text-column.js';

/** The tokens of several rows of a table. */
export interface TokenBlock {
  /** Log-probabilities in the order of `PackedTokens`, row after row. */
  logprobs: Float64Array<ArrayBuffer>;
  /**
   * Five numbers per token: UTF-16 code units of its text; number of alternatives (−1 if not recorded); its index in
   * `logprobs`; its index in `own`; index of its first alternative in `top`.
   */
  shape: Int32Array<ArrayBuffer>;
  /** Texts of tokens (`own`) and of alternatives (`top`). */
  own: TextColumn;
  top: TextColumn;
}

/** The part of a block that holds the tokens of one row. */
export interface TokenSpan {
  tokens: number;
  logprobsAt: number;
  /** Index of its first token. */
  shapeAt: number;
}

export const SHAPE = 5;

/** The tokens of one row. */
export function packedTokens(block: TokenBlock, { tokens, logprobsAt, shapeAt }: TokenSpan): PackedTokens {
  const { logprobs, shape } = block;
  const at = shapeAt * SHAPE;
  const source = new BlockTokens(block, shapeAt);
  const places = { logprobsAt, unitsAt: at, countsAt: at + 1, stride: SHAPE };
  return new PackedTokens(tokens, { logprobs, units: shape, counts: shape }, places, source);
}

/** Reads the tokens of one row from a block. */
class BlockTokens implements TokenSource {
  constructor(
    private readonly block: TokenBlock,
    private readonly shapeAt: number,
  ) {}

  token(i: number): Token {
    const { shape, own, top } = this.block;
    const place = (this.shapeAt + i) * SHAPE;
    const count = shape[place + 1];
    const at = shape[place + 2];
    const token: Token = this.#item(own, shape[place + 3], at);
    token.top = count < 0 ? null : [];
    for (let k = 0; k < count; k++) token.top!.push(this.#item(top, shape[place + 4] + k, at + 1 + k));
    return token;
  }

  text(i: number): string {
    return textAt(this.block.own, this.block.shape[(this.shapeAt + i) * SHAPE + 3]);
  }

  #item(texts: TextColumn, text: number, number: number): Alternative {
    const logprob = this.block.logprobs[number];
    return { token: textAt(texts, text), logprob: Number.isNaN(logprob) ? null : logprob };
  }
}
