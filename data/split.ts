import { VouchError } from '../support/errors.js';
import type { Random } from '../support/random.js';

/** The rows of a group, and the mix of strata that folds are balanced over. */
interface Group {
  rows: number[];
  mix: string;
}

/**
 * Draws `share` of the groups by simple random sampling: 1 for their rows, 0 for the others. The draw is not balanced
 * over anything, because tests on the drawn part treat its groups as independent draws. With two or more groups,
 * neither part is empty.
 */
export function splitByGroup(groups: readonly string[], share: number, random: Random): Uint8Array {
  const names = random.shuffle([...new Set(groups)]);
  const count = Math.min(names.length - 1, Math.max(1, Math.round(share * names.length)));
  const drawn = new Set(names.slice(0, count));
  return Uint8Array.from(groups, (group) => (drawn.has(group) ? 1 : 0));
}

/**
 * Assigns groups to k folds; returns the fold of each row, 0…k−1. Groups are ordered by their mix of strata and their
 * size. Each k consecutive groups go to k different folds, the largest to the fold with the fewest rows. With fewer
 * groups than folds, some folds stay empty.
 */
export function foldsByGroup(
  groups: readonly string[],
  k: number,
  random: Random,
  strata: readonly string[],
): Int32Array {
  const order = laidOut(groupsOf(groups, strata), random);
  const fold = new Int32Array(groups.length);
  const sizes = new Array<number>(k).fill(0);
  for (let start = 0; start < order.length; start += k) {
    const block = order.slice(start, start + k).sort((a, b) => b.rows.length - a.rows.length);
    const folds = random.shuffle(Array.from({ length: k }, (_, i) => i)).sort((a, b) => sizes[a] - sizes[b]);
    block.forEach((group, i) => {
      sizes[folds[i]] += group.rows.length;
      for (const row of group.rows) fold[row] = folds[i];
    });
  }
  return fold;
}

/**
 * Holds out the latest questions: orders groups by their first time and takes the last ones with about `share` of the
 * rows. No row that is held out is earlier than the cut. Groups without any time stay in the fit part. Error:
 * BAD_RECORD if no row has a time, or a time cannot be read.
 */
export function splitByTime(groups: readonly string[], time: readonly (string | null)[], share: number): Uint8Array {
  const first = new Map<string, number>();
  for (let i = 0; i < groups.length; i++) {
    const text = time[i];
    if (text === null) continue;
    const at = Date.parse(text);
    if (Number.isNaN(at)) {
      throw new VouchError('BAD_RECORD', 'cannot be read as a time', {
        field: 'time',
        expected: 'ISO 8601',
        got: text,
      });
    }
    first.set(groups[i], Math.min(at, first.get(groups[i]) ?? at));
  }
  if (first.size === 0) {
    throw new VouchError('BAD_RECORD', 'a split by time needs rows with times', {
      field: 'time',
      expected: 'ISO 8601',
      got: null,
    });
  }
  const timed = [...groupsOf(groups, groups)].filter(([name]) => first.has(name));
  timed.sort(([a], [b]) => (first.get(b) as number) - (first.get(a) as number));
  const held = new Uint8Array(groups.length);
  let count = 0;
  for (const [, { rows }] of timed) {
    if (count > 0 && count + rows.length / 2 > share * groups.length) break;
    count += rows.length;
    if (count === groups.length) break;
    for (const row of rows) held[row] = 1;
  }
  return held;
}

function groupsOf(groups: readonly string[], strata: readonly string[]): Map<string, Group> {
  const found = new Map<string, Group>();
  for (let i = 0; i < groups.length; i++) {
    let group = found.get(groups[i]);
    if (group === undefined) found.set(groups[i], (group = { rows: [], mix: '' }));
    group.rows.push(i);
  }
  for (const group of found.values()) group.mix = [...new Set(group.rows.map((row) => strata[row]))].sort().join('\n');
  return found;
}

/**
 * Orders groups: those with the same mix of strata together, the mixes in random order; within a mix by size (in powers
 * of two), ties at random.
 */
function laidOut(groups: Map<string, Group>, random: Random): Group[] {
  const order = random.shuffle([...groups.values()]);
  const rank = new Map<string, number>();
  for (const { mix } of order) if (!rank.has(mix)) rank.set(mix, rank.size);
  const mixOf = ({ mix }: Group) => rank.get(mix) as number;
  const octaveOf = ({ rows }: Group) => Math.floor(Math.log2(rows.length));
  return order.sort((a, b) => mixOf(a) - mixOf(b) || octaveOf(a) - octaveOf(b));
}
