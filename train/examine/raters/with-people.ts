import { byQuestion, ofSums } from '../../../metrics/raters/by-question.js';
import { cohenKappa } from '../../../metrics/raters/cohen-kappa.js';
import { lengthBias } from '../../../metrics/raters/length-bias.js';
import { counted } from '../../../metrics/scored.js';
import type { Rater } from '../../../report/raters/raters.js';
import { pick } from '../../../support/pick.js';
import type { Random } from '../../../support/random.js';
import type { TrainingData } from '../../prepare/training-data.js';
import type { Voice } from './voices.js';

/** From this score on a rater calls an answer right. */
export const RIGHT = 0.5;

/**
 * A rater compared with people, on the answers that both rated; null if there are none. `truthOf` gives the label by
 * people, without this rater; NaN where there is none.
 */
export function withPeople(
  voice: Voice,
  data: TrainingData,
  truthOf: (row: number) => number,
  random: Random,
): Rater['people'] {
  const shared = Int32Array.from(voice.rows.keys()).filter((i) => !Number.isNaN(truthOf(voice.rows[i])));
  if (shared.length === 0) return null;
  const rows = shared.map((i) => voice.rows[i]);
  const said = pick(voice.said, shared);
  const truth = Uint8Array.from(rows, (row) => (truthOf(row) >= RIGHT ? 1 : 0));
  const { index: group, count: groups } = counted(rows.map((row) => data.group[row]));
  const pairs = new Float64Array(rows.length * 4); // [truth · 2 + verdict]
  rows.forEach((_, i) => {
    pairs[i * 4 + truth[i] * 2 + (said[i] >= RIGHT ? 1 : 0)] = 1;
  });
  const sums = [0, 1, 2, 3].map((c) => rows.reduce((sum, _, i) => sum + pairs[i * 4 + c], 0));
  const [wrongWrong, wrongRight, rightWrong, rightRight] = sums;
  const kappa = ofSums(pairs, { width: 4, group, groups }, (table) => cohenKappa(table, 2));
  const length = pick(data.signals.columns.get('text.words@1') ?? new Float64Array(data.n).fill(Number.NaN), rows);
  const bias = lengthBias({ said, truth, length, group, groups });
  const share = (part: number, rest: number) => (part + rest === 0 ? null : part / (part + rest));
  return {
    answers: rows.length,
    questions: groups,
    agree: (wrongWrong + rightRight) / rows.length,
    kappa: byQuestion({ statistic: kappa, groups, rows: rows.length }, random),
    falseRight: share(wrongRight, wrongWrong),
    falseWrong: share(rightWrong, rightRight),
    lengthBias: byQuestion({ statistic: bias, groups, rows: rows.length }, random),
  };
}
