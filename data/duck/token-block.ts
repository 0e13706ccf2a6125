import { PackedTokens } from '../packed-tokens.js';
import type { Alternative, Token } from '../record.js';

/** Tokens of some rows of a table as plain data: made where DuckDB is, sent to threads without a copy. */
export interface TokenBlock {
  /** Log-probabilities as `PackedTokens` holds them, row after row. */
  logprobs: Float64Array<ArrayBuffer>;
  /** Three a token: code units of its text, its alternatives (−1 for none), place of its own text. Those of its alternatives follow. */
  shape: Int32Array<ArrayBuffer>;
  /** Sixteen bytes a text, as DuckDB has them: its length, then up to 12 bytes; longer ones their place in `long` at byte 8. */
  texts: Uint8Array<ArrayBuffer>;
  long: string[];
}

/** Where a row's tokens lie in a block. */
export interface TokenSpan {
  tokens: number;
  logprobsAt: number;
  /** Token it begins with. */
  shapeAt: number;
}

export const SHAPE = 3;
export const TEXT = 16;
/** Longer texts do not lie in the sixteen bytes. */
export const INLINE = 12;

/** The tokens of one row. */
export function packedTokens(block: TokenBlock, { tokens, logprobsAt, shapeAt }: TokenSpan): PackedTokens {
  const { logprobs, shape } = block;
  const at = shapeAt * SHAPE;
  const source = {
    token: (i: number) => tokenOf(block, shapeAt + i),
    text: (i: number) => textOf(block, shape[(shapeAt + i) * SHAPE + 2]),
  };
  return new PackedTokens(tokens, logprobs.subarray(logprobsAt), shape, at, shape, at + 1, SHAPE, source);
}

function tokenOf(block: TokenBlock, t: number): Token {
  const { logprobs, shape } = block;
  const count = shape[t * SHAPE + 1];
  const first = shape[t * SHAPE + 2];
  const item = (at: number): Alternative => ({
    token: textOf(block, at),
    logprob: Number.isNaN(logprobs[at]) ? null : logprobs[at],
  });
  const token: Token = item(first);
  token.top = count < 0 ? null : Array.from({ length: count }, (_, k) => item(first + 1 + k));
  return token;
}

function textOf({ texts, long }: TokenBlock, place: number): string {
  const bytes = Buffer.from(texts.buffer, texts.byteOffset + place * TEXT, TEXT);
  const size = bytes.readUInt32LE(0);
  return size <= INLINE ? bytes.toString('utf8', 4, 4 + size) : long[bytes.readUInt32LE(8)];
}
