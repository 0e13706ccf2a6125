import type { VouchError } from '../../support/errors.js';
import type { Fields } from '../check-value.js';
import { packedTokens, type TokenBlock, type TokenSpan } from '../duck/token-block.js';

/** The tokens of one row, in a block that holds the tokens of several rows. */
export interface PackedRow {
  block: TokenBlock;
  span: TokenSpan;
}

/** Reads the labels of an answer, before it is checked. It changes the fields in place. */
export type Before = (fields: Fields, at: { file: string; line: number }) => void;

/**
 * One row of a file before it becomes a record: its place, and either its value or the reason why it cannot be read.
 */
export interface Row {
  /** Line of a text file where the row begins, or row number of a Parquet file. Counted from 1. */
  line: number;
  value?: unknown;
  error?: VouchError;
  /** The raw line. Absent for sources without text, such as Parquet. */
  text?: string;
  /** Tokens that were read separately from `value`, if packed ones were requested. */
  tokens?: PackedRow;
}

/**
 * The row as text, for the file of bad lines: the raw line, else the row as JSON, including tokens that were read
 * separately.
 */
export function textOf({ text, value, tokens }: Row): string {
  if (text !== undefined) return text;
  const whole =
    tokens === undefined ? value : { ...(value as object), tokens: [...packedTokens(tokens.block, tokens.span)] };
  return JSON.stringify(whole, (_, each) => (typeof each === 'bigint' ? String(each) : each)) ?? '';
}

/** A line that could not be read: its place, its raw text (or its row as JSON), and the reason. */
export interface BadLine {
  file: string;
  line: number;
  text: string;
  error: VouchError;
}
