import { appendAt } from '../../../support/append.js';
import { HASHES } from './fingerprint.js';
import { type NearPair, nearPairs } from './near-pairs.js';
import type { Prints } from './prints.js';

/** Questions that are nearly the same but in different groups. */
interface NearQuestions {
  /** The number of groups with a near-duplicate in another group, and the number of sets that they form. */
  groups: number;
  sets: number;
  /** The number of those groups that were judged although a near-duplicate in another part was trained on. */
  straddling: number;
  /** Pairs of rows, the most similar first. */
  pairs: NearPair[];
}

/**
 * Near-duplicate questions in different groups. Such groups are not independent. If one is fitted and the other
 * certifies, the fit has seen the test. `partOf` returns the part of a row: 0 only trains, the others are judged.
 * Near-linear in the number of distinct questions.
 */
export function nearQuestions(
  prints: Prints,
  group: Int32Array,
  partOf: (row: number) => number,
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
  const part = new Map<number, number>();
  for (const { a, b } of across) {
    parent.set(rootOf(group[a]), rootOf(group[b]));
    for (const row of [a, b]) part.set(group[row], partOf(row));
  }
  const sets = new Map<number, number[]>();
  for (const [g, own] of part) appendAt(sets, rootOf(g), own);
  const judged = (parts: number[]) => (new Set(parts).size > 1 ? parts.filter((own) => own > 0).length : 0);
  return {
    groups: part.size,
    sets: sets.size,
    straddling: [...sets.values()].reduce((sum, parts) => sum + judged(parts), 0),
    pairs: unique(across, group)
      .sort((x, y) => y.likeness - x.likeness)
      .slice(0, most),
  };
}

/** The first row of each question in each group. Rows without a question are left out. */
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

/** The most similar pair for each pair of groups. */
function unique(pairs: NearPair[], group: Int32Array): NearPair[] {
  const best = new Map<string, NearPair>();
  for (const pair of pairs) {
    const key = `${Math.min(group[pair.a], group[pair.b])} ${Math.max(group[pair.a], group[pair.b])}`;
    if (pair.likeness > (best.get(key)?.likeness ?? 0)) best.set(key, pair);
  }
  return [...best.values()];
}
