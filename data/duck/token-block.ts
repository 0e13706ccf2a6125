import { PackedTokens } from '../packed-tokens.js';
import type { Alternative, Token } from '../record.js';
import { type TextColumn, textAt } from './text-column.js';

/** Tokens of some rows of a table. */
export interface TokenBlock {
  /** Log-probabilities as `PackedTokens` holds them, row after row. */
  logprobs: Float64Array<ArrayBuffer>;
  /** Five a token: code units of its text, its alternatives (−1 for none), its place in `logprobs`, in `own`, and of its first alternative in `top`. */
  shape: Int32Array<ArrayBuffer>;
  /** Texts of tokens, and of alternatives. */
  own: TextColumn;
  top: TextColumn;
}

/** Where a row's tokens lie in a block. */
export interface TokenSpan {
  tokens: number;
  logprobsAt: number;
  /** Token it begins with. */
  shapeAt: number;
}

export const SHAPE = 5;

/** The tokens of one row. */
export function packedTokens(block: TokenBlock, { tokens, logprobsAt, shapeAt }: TokenSpan): PackedTokens {
  const { logprobs, shape } = block;
  const at = shapeAt * SHAPE;
  const source = {
    token: (i: number) => tokenOf(block, shapeAt + i),
    text: (i: number) => textAt(block.own, shape[(shapeAt + i) * SHAPE + 3]),
  };
  return new PackedTokens(tokens, logprobs.subarray(logprobsAt), shape, at, shape, at + 1, SHAPE, source);
}

function tokenOf({ logprobs, shape, own, top }: TokenBlock, t: number): Token {
  const [, count, at, place, first] = shape.subarray(t * SHAPE, (t + 1) * SHAPE);
  const item = (texts: TextColumn, text: number, number: number): Alternative => ({
    token: textAt(texts, text),
    logprob: Number.isNaN(logprobs[number]) ? null : logprobs[number],
  });
  const token: Token = item(own, place, at);
  token.top = count < 0 ? null : Array.from({ length: count }, (_, k) => item(top, first + k, at + 1 + k));
  return token;
}
