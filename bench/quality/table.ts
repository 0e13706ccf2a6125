import { smoothEceMetric } from '../../metrics/calibration/smooth-ece.js';
import { compare } from '../../metrics/compare.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { aurocMetric } from '../../metrics/ranking/auroc.js';
import { aurocWithinMetric } from '../../metrics/ranking/auroc-within.js';
import type { Scored } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';

/** A predictor's out-of-fold probabilities for all rows, and the time that they took. */
export interface Predictor {
  name: string;
  probability: Float64Array;
  seconds: number | null;
}

export interface Row {
  name: string;
  logLoss: number;
  auroc: number;
  aurocWithin: number;
  smoothEce: number;
  seconds: number | null;
  /** Log-loss of each of ours minus this one's, paired, 95% by a bootstrap over questions. */
  difference: Record<string, Estimate>;
}

export type Truth = Omit<Scored, 'probability'>;

/** The paired difference a − b of the log-loss, with its interval. */
export function logLossDifference(a: Float64Array, b: Float64Array, truth: Truth, random: Random): Estimate {
  const options = { metrics: [logLossMetric], answers: truth, predictors: { a, b }, reference: 'a', random };
  return compare(options).differences.b.logLoss;
}

/** Measures every predictor, and each of `ours` against it. */
export function rowsOf(ours: Predictor[], others: Predictor[], truth: Truth, random: Random): Row[] {
  return [...ours, ...others].map(({ name, probability, seconds }) => {
    const scored = { ...truth, probability };
    const against = ours.filter((own) => own.name !== name && others.some((other) => other.name === name));
    return {
      name,
      logLoss: logLossMetric.of(scored),
      auroc: aurocMetric.of(scored),
      aurocWithin: aurocWithinMetric.of(scored),
      smoothEce: smoothEceMetric.of(scored),
      seconds,
      difference: Object.fromEntries(
        against.map((own) => [own.name, logLossDifference(own.probability, probability, truth, random)]),
      ),
    };
  });
}

export function printRows(rows: Row[], ours: string[]): void {
  const heads = ours.map((name) => ` ${name} minus it (95%) |`).join('');
  console.log(`| predictor | log-loss |${heads} AUROC | within | smooth ECE | seconds |`);
  console.log(`| --- | ---: |${' ---: |'.repeat(ours.length)} ---: | ---: | ---: | ---: |`);
  for (const row of rows) {
    const gaps = ours.map((name) => ` ${intervalText(row.difference[name])} |`).join('');
    const ranks = `${row.auroc.toFixed(4)} | ${row.aurocWithin.toFixed(4)}`;
    const seconds = row.seconds === null ? '' : row.seconds.toFixed(0);
    console.log(
      `| ${row.name} | ${row.logLoss.toFixed(4)} |${gaps} ${ranks} | ${row.smoothEce.toFixed(4)} | ${seconds} |`,
    );
  }
}

export function intervalText(estimate: Estimate | undefined): string {
  if (estimate === undefined) return '';
  const signed = (x: number | null) => (x === null ? '–' : `${x >= 0 ? '+' : ''}${x.toFixed(4)}`);
  return `${signed(estimate.value)} (${signed(estimate.low)} to ${signed(estimate.high)})`;
}
