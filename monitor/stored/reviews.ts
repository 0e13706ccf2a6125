import { labelOf } from '../../data/label-of.js';
import type { Said } from '../../store/read/said.js';
import { appendAt } from '../../support/append.js';
import { VouchError } from '../../support/errors.js';

/**
 * Feedback that counts as the label of a drawn answer: verdicts, and scores that people gave in Langfuse. Thumbs, stars,
 * corrections and outcomes do not: whether somebody gives them depends on the answer.
 */
export const REVIEWS: readonly string[] = ['verdict', 'score:annotation'];

const KINDS = ['thumb', 'stars', 'correction', 'choice', 'verdict', 'outcome', 'score'];

/** Tells reviews from other feedback by `kind` or `kind:source`. Error: BAD_USAGE. */
export function reviewsBy(names: readonly string[]): (said: Pick<Said, 'kind' | 'source'>) => boolean {
  const wanted = new Set(names.map((name) => name.toLowerCase()));
  const unknown = names.find((name) => !KINDS.includes(name.toLowerCase().split(':', 1)[0]));
  if (unknown !== undefined || names.length === 0) {
    const expected = `KIND or KIND:SOURCE, with a kind of ${KINDS.join(', ')}`;
    throw new VouchError('BAD_USAGE', 'this is not a kind of feedback', { field: 'reviews', expected, got: unknown });
  }
  return ({ kind, source }) => wanted.has(kind) || wanted.has(`${kind}:${source.toLowerCase()}`);
}

/** The label of one answer from all that was said of it: the mean, of people if people said something; null if nothing. */
export function meanLabel(said: readonly Pick<Said, 'source' | 'label'>[]): number | null {
  const labels = said.map(({ source, label }) => ({ value: label, source }));
  return labelOf({ id: '', answer: '', labels })?.value ?? null;
}

/** The same for many answers, by a key of what was said. */
export function meanLabels<T extends Pick<Said, 'source' | 'label'>>(
  said: readonly T[],
  keyOf: (each: T) => string,
): Map<string, number> {
  const byKey = new Map<string, T[]>();
  for (const each of said) appendAt(byKey, keyOf(each), each);
  return new Map([...byKey].map(([key, own]) => [key, meanLabel(own) as number]));
}
