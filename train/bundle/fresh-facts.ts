import type { Manifest } from '../../models/bundle/manifest.js';
import { pick } from '../../support/pick.js';
import { flaggedShare } from '../examine/flagged-share.js';
import type { ScoredRows } from '../examine/score-rows.js';
import type { TrainingData } from '../prepare/training-data.js';

/** What answers in use are to be compared with, if only fresh answers were held out. */
export function freshFacts(
  { group, w }: Pick<TrainingData, 'group' | 'w'>,
  { rows, scored }: { rows: Int32Array; scored: Pick<ScoredRows, 'decided'> },
): NonNullable<Manifest['data']['fresh']> {
  const questions = new Set(rows.map((row) => group[row])).size;
  return { questions, flagged: flaggedShare(scored, pick(w, rows)) };
}
