import type { PackedTokens } from '../../data/packed-tokens.js';
import { Column, type TokenKernel } from './kernel.js';
import { bounded, LEAST_LOGPROB } from './least.js';
import type { TokenTable } from './token-table.js';

/** Puts packed tokens into a table and its kernel's columns, as `TokenTable` does with a list of objects. */
export function putPacked(table: TokenTable, { columns, stride }: TokenKernel, tokens: PackedTokens): void {
  const { topK } = table;
  const { length, logprobs, units, counts } = tokens;
  let { unitsAt, countsAt } = tokens;
  let hasTop = topK > 0;
  let some = false;
  let end = 0;
  let n = 0;
  let at = tokens.logprobsAt;
  for (let i = 0; i < length; i++) {
    end += units[unitsAt];
    table.ends[i] = end;
    const logprob = logprobs[at++];
    const from = at;
    const count = counts[countsAt];
    if (count > 0) at += count;
    unitsAt += tokens.stride;
    countsAt += tokens.stride;
    if (Number.isNaN(logprob)) continue;
    table.logprob[n] = columns[n] = bounded(logprob);
    table.place[n] = i;
    if (count > 0) some = true;
    if (hasTop) hasTop = count >= topK && putTop(columns, Column.TOP * stride + n, stride, topK, logprobs, from, at);
    n++;
  }
  table.note(n, hasTop, some);
}

/** One token's alternatives, greatest first, to every `stride`-th place; false when fewer than k carry a log-probability. */
function putTop(
  columns: Float64Array,
  at: number,
  stride: number,
  k: number,
  logprobs: Float64Array,
  from: number,
  to: number,
): boolean {
  const end = at + k * stride;
  let place = at;
  let last = 0;
  for (let a = from; a < to; a++) {
    let x = logprobs[a];
    if (!(x < 0 && x >= LEAST_LOGPROB)) {
      if (Number.isNaN(x)) continue;
      x = bounded(x);
    }
    if (x > last) {
      const sorted = logprobs
        .subarray(from, to)
        .filter((y) => !Number.isNaN(y))
        .sort((y, z) => z - y);
      return putTop(columns, at, stride, k, sorted, 0, sorted.length);
    }
    if (place === end) continue;
    columns[place] = last = x;
    place += stride;
  }
  return place === end;
}
