import { VouchError } from '../../support/errors.js';

/** One of `of` equal parts of the input: row number r (from 0, bad lines counted) belongs to part r mod `of` + 1. */
export interface Shard {
  /** From 1. */
  index: number;
  of: number;
}

export const WHOLE: Shard = { index: 1, of: 1 };

/** Reads `--shard i/n`. Errors: BAD_USAGE. */
export function parseShard(text: string): Shard {
  const match = /^(\d+)\/(\d+)$/.exec(text);
  const shard = match === null ? { index: 0, of: 0 } : { index: Number(match[1]), of: Number(match[2]) };
  if (shard.index >= 1 && shard.index <= shard.of) return shard;
  throw new VouchError('BAD_USAGE', 'this is not a valid shard', {
    field: '--shard',
    expected: 'i/n with 1 ≤ i ≤ n',
    got: text,
  });
}

/**
 * Whether a row belongs to the shard. Rows are dealt out to the shards in turn, so that all shards have the same size
 * in any order of rows.
 */
export function inShard({ index, of }: Shard, row: number): boolean {
  return row % of === index - 1;
}
