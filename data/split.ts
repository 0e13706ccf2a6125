import { VouchError } from '../support/errors.js';
import type { Random } from '../support/random.js';

/** The rows of each group, and what splits are balanced over. */
interface Group {
  rows: number[];
  mix: string;
  label: number;
}

/**
 * Draws about `share` of the rows, whole groups only: 1 for rows drawn, 0 for the rest. Stratified: the groups are laid
 * out by the mix of their strata and by their mean label, in random order where these tie, and drawn at equal distances
 * from a random start (systematic sampling). Deterministic in the generator. With two groups or more neither part is empty.
 */
export function splitByGroup(
  groups: readonly string[],
  labels: ArrayLike<number>,
  strata: readonly string[],
  share: number,
  random: Random,
): Uint8Array {
  const order = laidOut(groupsOf(groups, strata, labels), random);
  const held = new Uint8Array(groups.length);
  let carried = random.next();
  let heldGroups = 0;
  for (const group of order) {
    carried += share * group.rows.length;
    // A group is drawn when its middle passes a whole number of its own size.
    if (carried < group.rows.length && !(heldGroups === 0 && group === order.at(-1))) continue;
    if (heldGroups === order.length - 1 && order.length > 1) break;
    carried -= group.rows.length;
    heldGroups++;
    for (const row of group.rows) held[row] = 1;
  }
  return held;
}

/**
 * Deals groups into k folds: fold of each row, 0…k−1. Groups are laid out by the mix of their strata, each k neighbours go
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

/** Groups with the same mix of strata side by side, mixes in random order; within a mix by mean label, ties at random. */
function laidOut(groups: Map<string, Group>, random: Random): Group[] {
  const order = random.shuffle([...groups.values()]);
  const rank = new Map<string, number>();
  for (const { mix } of order) if (!rank.has(mix)) rank.set(mix, rank.size);
  return order.sort((a, b) => (rank.get(a.mix) as number) - (rank.get(b.mix) as number) || a.label - b.label);
}
