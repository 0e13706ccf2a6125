import type { Annotator } from '../../meaning/annotator.js';
import { annotatedScorer } from '../../scorer/annotated-scorer.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import type { Scorer } from '../../scorer/scorer.js';
import { together } from './together.js';

/** The most records in one run. */
const MOST_RECORDS = 64;

/**
 * A scorer whose single records are scored together with others that arrive in the meantime. Text models read each
 * record on its own, before and after: a record that they have nothing to say about does not wait for one with many
 * passages. `ran` gets the number of records of each run.
 */
export function scoreTogether(
  plain: Scorer,
  { annotator, ran }: { annotator: Annotator | undefined; ran(rows: number): void },
): Scorer {
  const score = together((records: Parameters<Scorer['score']>[0][]) => {
    ran(records.length);
    return scoreChunk(plain, records);
  }, MOST_RECORDS);
  return annotatedScorer({ ...plain, score: score as Scorer['score'] }, annotator);
}
