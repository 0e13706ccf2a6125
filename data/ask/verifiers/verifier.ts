import type { LoggedRecord } from '../../record.js';

/** Scores in 0..1 by name. '' is the verifier's own score; other names are added to the verifier's with a dot. */
type NamedScores = ReadonlyMap<string, number>;

/** What a verifier said of one answer: its scores, or why it has none. */
export type Verified = { scores: NamedScores } | { failed: string };

/** What a verifier is shown of a record. */
type Verifiable = Pick<LoggedRecord, (typeof SHOWN)[number]>;

/**
 * A verifier that the user brings. `verify` throws AskFailure if the verifier cannot be reached at all, so that the
 * answer is tried again in the next run; an answer that it cannot score is `failed`.
 */
export interface Verifier {
  readonly name: string;
  verify(shown: Verifiable): Promise<Verified>;
}

/** How often a verifier scored an answer and failed to, in this run, and why it failed first. */
export interface VerifierCount {
  scored: number;
  failed: number;
  reason: string | null;
}

/** Counts per verifier, by name. */
export type VerifierCounts = Map<string, VerifierCount>;

const SHOWN = [
  ...(['id', 'group', 'model', 'task', 'prompt', 'messages', 'context', 'facts'] as const),
  ...(['reasoning', 'answer', 'finish', 'features'] as const),
] as const;

/**
 * The part of a record that verifiers see. References, labels and unknown keys are left out: a score that comes from
 * the right answer would leak the label into the signals.
 */
export function verifiable(record: LoggedRecord): Verifiable {
  return Object.fromEntries(SHOWN.filter((key) => record[key] != null).map((key) => [key, record[key]])) as Verifiable;
}
