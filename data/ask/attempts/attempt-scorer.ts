import type { AnswerRecord } from '../../record.js';

/** What a score says about one attempt: the probability that it is right, and what lowers it, in plain words. */
export interface AttemptScore {
  /** NaN if the attempt cannot be scored. */
  probability: number;
  doubts: readonly string[];
}

/** Scores attempts. The caller of `collect` gives it, because this room may not use the scorer. */
export interface AttemptScorer {
  /** What decides the scores. A run is continued only if it is the same. */
  facts: object;
  score(attempts: readonly AnswerRecord[]): Promise<AttemptScore[]>;
}

/**
 * A scorer for a dry run. It never reaches `until`, and the probability always rises: so a revision asks as often as it
 * ever may.
 */
export function dryScorer(until: number, facts: object): AttemptScorer {
  let asked = 0;
  return {
    facts,
    score: async (attempts) => attempts.map(() => ({ probability: until * (1 - 1 / (++asked + 1)), doubts: [] })),
  };
}
