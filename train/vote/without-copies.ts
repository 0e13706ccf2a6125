import type { Candidate } from './candidate.js';

/**
 * The candidates that a question's answers are drawn from, each once. Left out are samples that repeat a record: those
 * of another model whose answer is a record itself, and those of `collect --best-of`, where each record has all others
 * as its samples. Left out are revised answers too, because they answer a doubt and not the question alone.
 */
export function withoutCopies<C extends Pick<Candidate, 'sample' | 'owner' | 'model' | 'kind'>>(
  candidates: readonly C[],
): C[] {
  const owners = new Set(candidates.map(({ owner }) => owner));
  const isBestOf = candidates.some(({ kind }) => kind === 'sampled');
  return candidates.filter(({ sample, owner, model, kind }) => {
    if (kind === 'revised') return false;
    if (sample === null) return true;
    return !(isBestOf && kind !== null) && (model === owner || !owners.has(model));
  });
}
