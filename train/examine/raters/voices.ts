import { sourceKind } from '../../../data/label-sources.js';
import type { RaterKind } from '../../../report/raters/raters.js';
import type { TrainingData } from '../../prepare/training-data.js';

/** Everything that one rater said: the rows it rated, and its scores in 0..1. */
export interface Voice {
  name: string;
  kind: RaterKind;
  rows: Int32Array;
  said: Float64Array;
  /** Whether it is computed from other raters, so that it adds no evidence to theirs. */
  isDerived: boolean;
}

const VERIFIER = 'verifiers.';
/** What `enrich` writes next to a judge's verdict: facts about the verdict, and not verdicts themselves. */
const ABOUT = /\.(?:orderGap|agreement|disagreement|logit)@/;
/** The mean over a panel. */
const MEAN = 'judges.mean';

/** All raters in the data: those of the labels, then the verifiers with scores in 0..1, each in order of appearance. */
export function voicesOf({ ratings, signals }: TrainingData): Voice[] {
  const voices: Voice[] = [];
  ratings?.names.forEach((name, number) => {
    const own = Int32Array.from(ratings.rater.keys()).filter((t) => ratings.rater[t] === number);
    const kind = ratings.isPerson[number] ? 'person' : 'grader';
    const rows = own.map((t) => ratings.row[t]);
    voices.push({ name, kind, rows, said: Float64Array.from(own, (t) => ratings.value[t]), isDerived: false });
  });
  for (const [signal, scores] of signals.columns) {
    if (!signal.startsWith(VERIFIER) || ABOUT.test(signal)) continue;
    const rows = Int32Array.from(scores.keys()).filter((row) => !Number.isNaN(scores[row]));
    const said = Float64Array.from(rows, (row) => scores[row]);
    if (said.length === 0 || said.some((score) => score < 0 || score > 1)) continue;
    const name = signal.slice(VERIFIER.length, signal.lastIndexOf('@'));
    voices.push({ name, kind: 'verifier', rows, said, isDerived: name === MEAN });
  }
  return voices;
}

/** The column of a verifier's differences between the two orders; undefined if it was not asked in both. */
export function orderGaps({ signals }: TrainingData, name: string): Float64Array | undefined {
  return signals.columns.get(`${VERIFIER}${name}.orderGap@1`);
}

/** Whether a rater is a rule that compares answers with references (`auto:NAME`); it is no judge. */
export function isRule({ name, kind }: Voice): boolean {
  return kind === 'grader' && sourceKind(name) === 'other' && name.startsWith('auto:');
}
