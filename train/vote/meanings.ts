import { SAME_CLUSTER } from '../../features/samples/clusters.js';
import type { Sameness } from './sameness.js';

/** Candidates that mean the same, in order; `same[g]` is how far group g agrees: the least over all pairs. */
interface Group {
  members: number[];
  same: number[];
}

/**
 * Groups the first `count` of n candidates by meaning; returns the group of each, numbered in order of appearance. All
 * members of a group agree in pairs (complete linkage): an answer that lists Paris and Rome does not join those that
 * say Paris with those that say Rome. Groups are merged while any two agree by 2/3 or more: the two that agree most
 * first; among several, the two with which most candidates agree; then the earlier ones. Cost: count² + g⁴, where g is
 * the number of different texts.
 */
export function meaningsOf(sameness: Sameness, n: number, count = n): Int32Array {
  let groups = alike(sameness, n, count);
  for (let pair = nearest(groups); pair !== null; pair = nearest(groups)) groups = merged(groups, pair);
  const meaning = new Int32Array(count);
  groups.forEach(({ members }, number) => {
    for (const i of members) meaning[i] = number;
  });
  return meaning;
}

/** Candidates that agree fully, and equally far with each of the others, are one group from the start. */
function alike(sameness: Sameness, n: number, count: number): Group[] {
  const rowOf = (i: number) => sameness.subarray(i * n, i * n + count);
  const found: number[][] = [];
  for (let i = 0; i < count; i++) {
    const row = rowOf(i);
    const twins = found.find(([first]) => row[first] === 1 && rowOf(first).every((same, j) => same === row[j]));
    if (twins === undefined) found.push([i]);
    else twins.push(i);
  }
  return found.map((members) => ({ members, same: found.map(([first]) => sameness[members[0] * n + first]) }));
}

/** The two groups to merge next; null if no two agree. */
function nearest(groups: readonly Group[]): { a: number; b: number } | null {
  let best: { a: number; b: number; same: number; support: number } | null = null;
  for (let a = 0; a < groups.length; a++) {
    for (let b = a + 1; b < groups.length; b++) {
      const same = groups[a].same[b];
      if (same < SAME_CLUSTER || (best !== null && same < best.same)) continue;
      const support = groups.reduce(
        (sum, { members }, c) =>
          groups[a].same[c] >= SAME_CLUSTER && groups[b].same[c] >= SAME_CLUSTER ? sum + members.length : sum,
        0,
      );
      if (best === null || same > best.same || support > best.support) best = { a, b, same, support };
    }
  }
  return best;
}

/** The groups with b merged into a, which is the earlier one. */
function merged(groups: readonly Group[], { a, b }: { a: number; b: number }): Group[] {
  const both = groups[a].same.map((same, c) => Math.min(same, groups[b].same[c]));
  return groups
    .map(({ members, same }, g) =>
      g === a
        ? { members: [...members, ...groups[b].members], same: both }
        : { members, same: same.map((each, c) => (c === a ? both[g] : each)) },
    )
    .filter((_, g) => g !== b)
    .map(({ members, same }) => ({ members, same: same.filter((_, c) => c !== b) }));
}
