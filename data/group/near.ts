import { KeyTable } from './key-table.js';
import type { Rows } from './rows.js';
import type { Union } from './union.js';

/** The result of merging groups that ask nearly the same. */
interface NearGroups {
  /** First rows of the groups that others were merged into. */
  merged: Set<number>;
  /** How many groups by `--group-by` were not merged, although they ask nearly the same as another. */
  kept: number;
}

/**
 * Merges groups that ask nearly the same, by their questions alone: each into the first group that contains one of its
 * questions. A merged group takes in no further groups, so there are no chains: each merged group shares a question
 * with the first one.
 */
export function joinNear(
  { n, byField, named, mergeNear }: Rows,
  union: Union,
  keyOf: (row: number) => readonly [number, number] | null,
): NearGroups {
  const firsts = Int32Array.from({ length: n }, (_, row) => union.first(row));
  const keys = new KeyTable();
  const questions = new Map<number, Set<number>>();
  for (let row = 0; row < n; row++) {
    const key = keyOf(row);
    if (key === null) continue;
    const question = keys.add(key[0], key[1], 0, 0);
    const own = questions.get(firsts[row]);
    if (own === undefined) questions.set(firsts[row], new Set([question]));
    else own.add(question);
  }
  const isKept = (first: number) => !mergeNear && named.at(first) >= 0 && byField.at(first) === 1;
  const holder = new Int32Array(keys.size).fill(-1);
  const merged = new Set<number>();
  let kept = 0;
  for (const first of [...questions.keys()].sort((a, b) => a - b)) {
    const own = [...(questions.get(first) as Set<number>)];
    const into = own.map((question) => holder[question]).find((other) => other >= 0);
    if (into !== undefined && !isKept(first) && !isKept(into)) {
      union.join(into, first);
      merged.add(into);
      continue;
    }
    if (into !== undefined) kept++;
    for (const question of own) if (holder[question] < 0) holder[question] = first;
  }
  return { merged, kept };
}
