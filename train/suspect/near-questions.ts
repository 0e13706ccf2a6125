import { HASHES } from './fingerprint.js';
import { type NearPair, nearPairs } from './near-pairs.js';
import type { Prints } from './prints.js';

/** Questions that are nearly the same and yet in different groups. */
export interface NearQuestions {
  /** Groups with a near-duplicate in another group, and the sets they form. */
  groups: number;
  sets: number;
  /** Groups of the certify part among them with a near-duplicate in the fit part. */
  straddling: number;
  /** Pairs of rows, the likest first. */
  pairs: NearPair[];
}

/**
 * Near-duplicate questions across groups: such groups are not independent, and where one is fitted and the other certified,
 * the test has been seen. `inCertify` tells the part of a row. Near-linear in the number of distinct questions.
 */
export function nearQuestions(
  prints: Prints,
  group: Int32Array,
  inCertify: (row: number) => boolean,
  most: number,
): NearQuestions {
  const across = nearPairs(prints, oneEach(prints, group)).filter(({ a, b }) => group[a] !== group[b]);
  const parent = new Map<number, number>();
  const rootOf = (g: number): number => {
    let root = g;
    while (parent.has(root) && parent.get(root) !== root) root = parent.get(root)!;
    parent.set(g, root);
    return root;
  };
  const isHeld = new Map<number, boolean>();
  for (const { a, b } of across) {
    parent.set(rootOf(group[a]), rootOf(group[b]));
    for (const row of [a, b]) isHeld.set(group[row], inCertify(row));
  }
  const sets = new Map<number, { fit: number; certify: number }>();
  for (const [g, held] of isHeld) {
    const set = sets.get(rootOf(g)) ?? { fit: 0, certify: 0 };
    set[held ? 'certify' : 'fit']++;
    sets.set(rootOf(g), set);
  }
  return {
    groups: isHeld.size,
    sets: sets.size,
    straddling: [...sets.values()].reduce((sum, { fit, certify }) => sum + (fit > 0 ? certify : 0), 0),
    pairs: unique(across, group)
      .sort((x, y) => y.likeness - x.likeness)
      .slice(0, most),
  };
}

/** The first row of each question of each group. Rows without a question are left out. */
function oneEach({ n, hashes }: Prints, group: Int32Array): number[] {
  const seen = new Set<string>();
  const rows: number[] = [];
  for (let row = 0; row < n; row++) {
    const question = hashes[row * HASHES + 2];
    const key = `${question} ${group[row]}`;
    if (Number.isNaN(question) || seen.has(key)) continue;
    seen.add(key);
    rows.push(row);
  }
  return rows;
}

/** One pair for each pair of groups, the likest. */
function unique(pairs: NearPair[], group: Int32Array): NearPair[] {
  const best = new Map<string, NearPair>();
  for (const pair of pairs) {
    const key = `${Math.min(group[pair.a], group[pair.b])} ${Math.max(group[pair.a], group[pair.b])}`;
    if (pair.likeness > (best.get(key)?.likeness ?? 0)) best.set(key, pair);
  }
  return [...best.values()];
}
