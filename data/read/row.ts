import type { VouchError } from '../../support/errors.js';
import type { Fields } from '../check-value.js';
import { packedTokens, type TokenBlock, type TokenSpan } from '../duck/token-block.js';

/** A row's tokens in a block of those of several rows. */
export interface PackedRow {
  block: TokenBlock;
  span: TokenSpan;
}

/** Reads the labels of an answer in place, before it is checked. */
export type Before = (fields: Fields, at: { file: string; line: number }) => void;

/** One row of a file before it is a record: its place, what it holds, or why it cannot be read. */
export interface Row {
  /** Line of a text file, where the row begins; row number of a Parquet file. From 1. */
  line: number;
  value?: unknown;
  error?: VouchError;
  /** The raw line; absent where there is no text, as in Parquet. */
  text?: string;
  /** Tokens that were read apart from `value`, where packed ones were asked for. */
  tokens?: PackedRow;
}

/** The row as text, for setting it aside: the raw line, else its JSON, with tokens that were read apart. */
export function textOf({ text, value, tokens }: Row): string {
  if (text !== undefined) return text;
  const whole =
    tokens === undefined ? value : { ...(value as object), tokens: [...packedTokens(tokens.block, tokens.span)] };
  return JSON.stringify(whole, (_, each) => (typeof each === 'bigint' ? String(each) : each)) ?? '';
}

/** A line that could not be read: where, its raw text (or its row as JSON), why. */
export interface BadLine {
  file: string;
  line: number;
  text: string;
  error: VouchError;
}
