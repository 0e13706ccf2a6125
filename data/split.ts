import { VouchError } from '../support/errors.js';
import type { Random } from '../support/random.js';

/** The rows of each group, and what splits are balanced over. */
interface Group {
  rows: number[];
  mix: string;
  label: number;
}

/**
 * Draws about `share` of the groups: 1 for their rows, 0 for the rest; every group has the same chance. Stratified: groups
 * are laid out by the mix of their strata, their size and their mean label, in random order where these tie, and drawn at
 * equal distances from a random start (systematic sampling). With two groups or more neither part is empty.
 */
export function splitByGroup(
  groups: readonly string[],
  labels: ArrayLike<number>,
  strata: readonly string[],
  share: number,
  random: Random,
): Uint8Array {
  const order = laidOut(groupsOf(groups, strata, labels), random);
  let position = random.next();
  const isDrawn = order.map(() => {
    position += share;
    if (position < 1) return false;
    position -= 1;
    return true;
  });
  const drawn = isDrawn.filter(Boolean).length;
  const odd = random.int(order.length);
  if (order.length > 1 && (drawn === 0 || drawn === order.length)) isDrawn[odd] = !isDrawn[odd];
  const held = new Uint8Array(groups.length);
  order.forEach(({ rows }, i) => {
    if (isDrawn[i]) for (const row of rows) held[row] = 1;
  });
  return held;
}

/**
 * Deals groups into k folds: fold of each row, 0…k−1. Groups are laid out by the mix of their strata and their size, each k neighbours go
 * to k different folds, the largest to the fold with the fewest rows. With fewer groups than folds some folds stay empty.
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
 * Holds out the latest questions: groups in the order of their first time, the last ones with about `share` of the rows.
 * No held row is earlier than the cut. Groups without any time stay in the fitting part. Error: BAD_RECORD where no row
 * has a time, or one cannot be read.
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
    throw new VouchError('BAD_RECORD', 'a split by time needs times', {
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

function groupsOf(
  groups: readonly string[],
  strata: readonly string[],
  labels?: ArrayLike<number>,
): Map<string, Group> {
  const found = new Map<string, Group>();
  for (let i = 0; i < groups.length; i++) {
    let group = found.get(groups[i]);
    if (group === undefined) found.set(groups[i], (group = { rows: [], mix: '', label: 0 }));
    group.rows.push(i);
  }
  for (const group of found.values()) {
    group.mix = [...new Set(group.rows.map((row) => strata[row]))].sort().join('\n');
    if (labels !== undefined) group.label = group.rows.reduce((sum, row) => sum + labels[row], 0) / group.rows.length;
  }
  return found;
}

/** Groups with the same mix of strata side by side, mixes in random order; within by size (octaves) and mean label, ties at random. */
function laidOut(groups: Map<string, Group>, random: Random): Group[] {
  const order = random.shuffle([...groups.values()]);
  const rank = new Map<string, number>();
  for (const { mix } of order) if (!rank.has(mix)) rank.set(mix, rank.size);
  const mixOf = ({ mix }: Group) => rank.get(mix) as number;
  const octaveOf = ({ rows }: Group) => Math.floor(Math.log2(rows.length));
  return order.sort((a, b) => mixOf(a) - mixOf(b) || octaveOf(a) - octaveOf(b) || a.label - b.label);
}
