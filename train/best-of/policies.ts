import type { Candidate } from './askings/candidate.js';
import type { Views } from './askings/views.js';
import { type Field, fieldOf } from './field.js';
import type { Policy } from './policy.js';

/** The answer that a question gets without any choice. */
export const FIRST: Policy = { method: 'first', of: 1 };

/**
 * All policies that the answers allow, with the field that each one chooses in. Two answers cannot outvote each other,
 * and only a bundle can name the best of several.
 */
export function policiesIn(
  { counts, draws, revised }: Views,
  {
    hasBundle,
    gradeOf,
    weight,
  }: { hasBundle: boolean; gradeOf: (candidate: Candidate) => number; weight?: Float64Array },
): Map<Policy, Field> {
  const found = new Map<Policy, Field>();
  const fields = new Map(counts.map((count) => [count, fieldOf(draws.get(count) ?? [], gradeOf, weight)]));
  const add = (policy: Policy, field = fields.get(policy.of)) => {
    if (field !== undefined) found.set(policy, field);
  };
  add(FIRST);
  const several = counts.filter((count) => count > 1);
  for (const of of several) if (of > 2) add({ method: 'vote', of });
  for (const of of several) if (of > 2) add({ method: 'weighted', of });
  if (hasBundle) for (const of of several) add({ method: 'best', of });
  for (const of of several) add({ method: 'joint', of });
  if (revised !== null) {
    const most = revised.reduce((high, { candidates }) => Math.max(high, candidates.length), 1);
    add({ method: 'revision', of: most }, fieldOf(revised, gradeOf, weight));
  }
  return found;
}
