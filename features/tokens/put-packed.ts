import type { PackedTokens } from '../../data/packed-tokens.js';
import { fill, Listed } from './fill.js';
import type { TokenKernel } from './kernel.js';
import { Column } from './kernel-columns.js';
import { bounded, LEAST_LOGPROB } from './least.js';
import type { TokenTable } from './token-table.js';

/** Puts packed tokens into a table and its kernel's columns, as `TokenTable` does with a list of objects. */
export function putPacked(table: TokenTable, { columns, stride }: TokenKernel, tokens: PackedTokens): void {
  const { topK, count: length, textless } = table;
  const { logprobs, units, counts } = tokens;
  let { unitsAt, countsAt } = tokens;
  const reads = topK > 0 && hasAlternatives(tokens, length);
  let some = false;
  let tooFew = 0;
  let voting = 0;
  let end = 0;
  let n = 0;
  let at = tokens.logprobsAt;
  for (let i = 0; i < length; i++) {
    const own = units[unitsAt];
    end += own;
    table.ends[i] = end;
    const logprob = logprobs[at++];
    const from = at;
    const count = counts[countsAt];
    if (count > 0) at += count;
    unitsAt += tokens.stride;
    countsAt += tokens.stride;
    if (Number.isNaN(logprob) || (own === 0 && !textless)) continue;
    table.logprob[n] = columns[n] = bounded(logprob);
    table.place[n] = i;
    if (reads) {
      const first = Column.TOP * stride + n;
      const listed = putTop(columns, first, stride, topK, logprobs, from, at);
      if (listed > 0) some = true;
      const is = listed < topK ? fill(columns, first, stride, listed, topK, columns[n]) : Listed.ENOUGH;
      if (is !== Listed.ALL) voting++;
      if (is === Listed.TOO_FEW) tooFew++;
    }
    n++;
  }
  table.note(n, some, tooFew, voting);
}

function hasAlternatives({ counts, countsAt, stride }: PackedTokens, length: number): boolean {
  for (let i = 0; i < length; i++) if (counts[countsAt + i * stride] > 0) return true;
  return false;
}

/** One token's alternatives, greatest first, to every `stride`-th place; how many of the k carry a log-probability. */
function putTop(
  columns: Float64Array,
  at: number,
  stride: number,
  k: number,
  logprobs: Float64Array,
  from: number,
  to: number,
): number {
  const end = at + k * stride;
  let place = at;
  let last = 0;
  let listed = 0;
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
    listed++;
  }
  return listed;
}
