/**
 * Sources that stand for people: these names, whole, in any case, with a space, `_` or `-` between their words; also
 * `human:NAME`, for one person among several. Every other source is none of people (`humaneval`, `user-simulator`).
 */
export const HUMAN_SOURCES = [
  // what labelling and tracing tools write: MLflow and Phoenix HUMAN, Langfuse ANNOTATION
  ...['human', 'humans', 'person', 'people', 'manual', 'annotation', 'human-annotation', 'human-feedback'],
  ...['annotator', 'annotators', 'labeler', 'labeller', 'rater', 'reviewer', 'expert', 'crowd', 'crowdworker'],
  // people who used the answer
  ...['user', 'users', 'end-user', 'customer', 'user-feedback', 'thumb', 'thumbs'],
  ...['correction', 'preferred', 'preference'],
] as const;

/** Sources that say how a label arrived and not who gave it: Langfuse's API is people's clicks as well as graders. */
export const UNKNOWN_SOURCES = ['unknown', 'api'] as const;

/** How the source of labels without one is written, in the card and the report too. */
export const UNKNOWN = 'unknown';

/** Who stands behind a source: people, nobody knows, or something that is named and not known as people. */
export type SourceKind = 'human' | 'unknown' | 'other';

const human = new Set<string>(HUMAN_SOURCES);
const unknown = new Set<string>(UNKNOWN_SOURCES);

export function sourceKind(source: string | null | undefined): SourceKind {
  const name = (source ?? '').trim().toLowerCase();
  const words = name.replace(/[\s_-]+/g, '-');
  if (human.has(words) || /^human:\s*\S/.test(name)) return 'human';
  return name === '' || unknown.has(words) ? 'unknown' : 'other';
}

/** `human 300, unknown 40`: every source with its count, the most frequent first. */
export function sourceCounts(sources: Readonly<Record<string, number>>): string {
  const most = Object.entries(sources).sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return most.map(([source, n]) => `${source} ${n}`).join(', ');
}
