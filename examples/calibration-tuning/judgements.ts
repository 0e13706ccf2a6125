import { eceMetric } from '../../metrics/calibration/ece.js';
import { compare } from '../../metrics/compare.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { brierMetric } from '../../metrics/proper/brier.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { aurocMetric } from '../../metrics/ranking/auroc.js';
import { aurocWithinMetric } from '../../metrics/ranking/auroc-within.js';
import { numbered } from '../../support/numbered.js';
import type { Random } from '../../support/random.js';
import type { HeldOut } from './held-out.js';

const metrics = [aurocMetric, aurocWithinMetric, brierMetric, eceMetric, logLossMetric];

/** How good one P(True) is on the held-out answers; the paired difference is this one minus that before tuning. */
export interface Judgement {
  name: string;
  metrics: Record<string, Estimate>;
  difference: Record<string, Estimate> | null;
}

/** Measures several P(True) of the same answers; the one called `before` is the reference of the differences. */
export function judgements(
  answers: readonly HeldOut[],
  predictors: ReadonlyMap<string, ReadonlyMap<string, number>>,
  before: string,
  random: Random,
): Judgement[] {
  const { label, group } = truthOf(answers);
  const slice = numbered(answers.map(({ record }) => record.task ?? '')).index;
  const column = (name: string) => Float64Array.from(answers, ({ record }) => predictors.get(name)!.get(record.id)!);
  return [...predictors.keys()].map((name) => {
    const both = { [name]: column(name), ...(name === before ? {} : { [before]: column(before) }) };
    const found = compare({ metrics, answers: { label, group, slice }, predictors: both, reference: name, random });
    return { name, metrics: found.metrics[name], difference: found.differences[before] ?? null };
  });
}

/** Labels, questions as numbers, and how many questions there are. */
export function truthOf(answers: readonly HeldOut[]): { label: Float64Array; group: Int32Array; groups: number } {
  const { index, names } = numbered(answers.map(({ question }) => question));
  return { label: Float64Array.from(answers, ({ right }) => right), group: index, groups: names.length };
}
