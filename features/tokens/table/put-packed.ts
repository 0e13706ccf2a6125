import type { PackedTokens } from '../../../data/packed-tokens.js';
import type { TokenKernel } from '../kernel.js';
import { Column } from '../kernel-columns.js';
import { bounded, LEAST_LOGPROB } from '../least.js';
import { fill, Listed, type TopColumns } from './fill.js';

/** What a token table needs to read packed tokens. */
interface TokensTaken {
  readonly topK: number;
  /** Number of tokens of the record before its end marks. */
  readonly count: number;
  readonly textless: boolean;
  readonly logprob: Float64Array;
  readonly place: Int32Array;
  readonly ends: Int32Array;
  note(n: number, some: boolean, tooFew: number, voting: number): void;
}

/** Puts packed tokens into a table and its kernel's columns, as `TokenTable` does for a list of objects. */
export function putPacked(table: TokensTaken, { columns, stride }: TokenKernel, tokens: PackedTokens): void {
  const { topK, count: length, textless } = table;
  const { logprobs, units, counts } = tokens;
  let { unitsAt, countsAt } = tokens;
  const top: TopColumns = { columns, stride, k: topK };
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
      const listed = putTop(top, first, logprobs, from, at);
      if (listed > 0) some = true;
      const is = listed < topK ? fill(top, first, listed, columns[n]) : Listed.ENOUGH;
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

/** Writes one token's alternatives in descending order. Returns how many of the k have a log-probability. */
function putTop(top: TopColumns, at: number, logprobs: Float64Array, from: number, to: number): number {
  const { columns, stride, k } = top;
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
      return putTop(top, at, sorted, 0, sorted.length);
    }
    if (place === end) continue;
    columns[place] = last = x;
    place += stride;
    listed++;
  }
  return listed;
}
