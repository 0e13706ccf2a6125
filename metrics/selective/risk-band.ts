import type { Random } from '../../support/random.js';
import { drawsFor, replicates } from '../interval/bootstrap.js';
import { atLeastWilson } from '../interval/interval.js';
import { designEffect, ShareCounter } from '../interval/share-interval.js';
import { wilson } from '../interval/wilson.js';
import { descending } from '../ranking/order.js';
import { type Scored, type Table, tableOf } from '../scored.js';
import { accuracyOver } from './accuracy-at-coverage.js';

/** The risk at a coverage, with its pointwise interval. */
export interface RiskBandPoint {
  coverage: number;
  risk: number;
  low: number;
  high: number;
}

/** Number of coverages, and the most draws: enough for a drawn band. */
const POINTS = 40;
const DRAWS = 500;

/**
 * The risk–coverage curve at evenly spaced coverages from 1/40 to 1, with a pointwise interval: grouped bootstrap of the
 * risk at that coverage, and at least as wide as the Wilson interval with the effective number of trials. Coverages of
 * less than one answer are left out. Source of the curve: El-Yaniv & Wiener 2010.
 */
export function riskBand(scored: Scored, random: Random, resamples = DRAWS, level = 0.95): RiskBandPoint[] {
  const table = tableOf(scored);
  const coverages = coveragesOf(table);
  const statistics = coverages.map((coverage) => accuracyOver(table, coverage));
  const once = new Float64Array(table.groups).fill(1);
  const values = statistics.map((of) => of(once));
  const draws = replicates(statistics, table.groups, random, drawsFor(table.n, Math.min(resamples, DRAWS)));
  const least = wilsonAt(table, coverages, level);
  return coverages.map((coverage, k) => {
    const { low, high } = atLeastWilson(values[k], draws[k], least[k], level);
    return { coverage, risk: 1 - values[k], low: 1 - high, high: 1 - low };
  });
}

/** The risk of an oracle at the same coverages: it ranks by the labels themselves, so no ranking has less. */
export function oracleRisk(scored: Scored): Pick<RiskBandPoint, 'coverage' | 'risk'>[] {
  const table = tableOf({ ...scored, probability: scored.label });
  const once = new Float64Array(table.groups).fill(1);
  return coveragesOf(table).map((coverage) => ({ coverage, risk: 1 - accuracyOver(table, coverage)(once) }));
}

function coveragesOf({ n }: Table): number[] {
  return Array.from({ length: POINTS }, (_, k) => (k + 1) / POINTS).filter((coverage) => coverage * n >= 1);
}

/**
 * The Wilson interval of the accuracy at each of the ascending coverages, with the design effect of all rows and at least
 * one trial for each question.
 */
function wilsonAt({ probability, label, weight, group, groups }: Table, coverages: number[], level: number) {
  const order = descending(probability);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const all = new ShareCounter(groups);
  for (const i of order) all.add(group[i], weight[i], weight[i] * label[i]);
  // The few errors at a small coverage say too little about how alike the rows of a question are; all rows say it.
  const perTrial = designEffect(all);
  const counter = new ShareCounter(groups);
  let at = 0;
  return coverages.map((coverage) => {
    while (at < order.length && counter.weight < coverage * total - 1e-9) {
      const i = order[at++];
      counter.add(group[i], weight[i], weight[i] * label[i]);
    }
    const { weight: mass, hit, rowSquares, groupSquares } = counter;
    return wilson(hit / mass, mass ** 2 * Math.max(1 / groupSquares, 1 / rowSquares / perTrial), level);
  });
}
