import { thousands } from '../support/words/thousands.js';

/**
 * Sources that mean people: these whole names, in any case, with a space, `_` or `-` between words; also `human:NAME`
 * for one of several people. No other source means people (`humaneval`, `user-simulator`).
 */
export const HUMAN_SOURCES = [
  // names that labelling and tracing tools write: MLflow and Phoenix HUMAN, Langfuse ANNOTATION
  ...['human', 'humans', 'person', 'people', 'manual', 'annotation', 'human-annotation', 'human-feedback'],
  ...['annotator', 'annotators', 'labeler', 'labeller', 'rater', 'reviewer', 'expert', 'crowd', 'crowdworker'],
  // people who used the answer
  ...['user', 'users', 'end-user', 'customer', 'user-feedback', 'thumb', 'thumbs'],
  ...['correction', 'preferred', 'preference'],
] as const;

/**
 * Sources that say how a label arrived, but not who gave it. Langfuse's `API` covers both clicks of people and
 * automatic graders.
 */
const UNKNOWN_SOURCES = ['unknown', 'api'] as const;

/** The name for the source of labels without one; the card and the report use it too. */
export const UNKNOWN = 'unknown';

/** Who gave a label: people (`human`), unknown, or something named that is not people (`other`). */
type SourceKind = 'human' | 'unknown' | 'other';

const human = new Set<string>(HUMAN_SOURCES);
const unknown = new Set<string>(UNKNOWN_SOURCES);

export function sourceKind(source: string | null | undefined): SourceKind {
  const name = (source ?? '').trim().toLowerCase();
  const words = name.replace(/[\s_-]+/g, '-');
  if (human.has(words) || /^human:\s*\S/.test(name)) return 'human';
  return name === '' || unknown.has(words) ? 'unknown' : 'other';
}

/** All sources with their counts, the most frequent first: `human 300, unknown 40`. */
export function sourceCounts(sources: Readonly<Record<string, number>>): string {
  const most = Object.entries(sources).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return most.map(([source, n]) => `${source} ${thousands(n)}`).join(', ');
}
