import { wilson } from '../../metrics/interval/wilson.js';
import type { PolicyReport } from '../../policy/report/results.js';
import type { Lived } from './live.js';

const percent = (x: number) => `${(100 * x).toFixed(1)}%`;

/** A share with its 95% Wilson interval. */
function share(hits: number, n: number): string {
  if (n === 0) return 'none';
  const { low, high } = wilson(hits / n, n);
  return `${percent(hits / n)} (${percent(low)} to ${percent(high)}; ${hits} of ${n})`;
}

/** The difference of two shares of independent questions, with its 95% interval (normal approximation). */
function difference(a: { hits: number; n: number }, b: { hits: number; n: number }): string {
  const [p, q] = [a.hits / a.n, b.hits / b.n];
  const half = 1.96 * Math.sqrt((p * (1 - p)) / a.n + (q * (1 - q)) / b.n);
  const points = (x: number) => `${x < 0 ? '−' : '+'}${Math.abs(100 * x).toFixed(1)}`;
  return `${points(p - q)} (${points(p - q - half)} to ${points(p - q + half)}) points`;
}

/** Predicted and live purchases, accepted errors against α, and what each stage added. */
export function tableOf(report: PolicyReport, lived: readonly Lived[]): string {
  const certify = report.data.certify.questions;
  const rows = report.order.map((stage, k) => {
    const predicted = { hits: Math.round(report.states[k + 1].reached * certify), n: certify };
    const live = { hits: lived.filter(({ policy }) => policy.bought.includes(stage)).length, n: lived.length };
    return `| ${stage} | ${share(predicted.hits, predicted.n)} | ${share(live.hits, live.n)} | ${difference(live, predicted)} |`;
  });
  const kept = lived.filter(({ decision }) => decision === 'accept');
  const wrong = kept.filter(({ isRight }) => !isRight).length;
  const all = lived.filter(({ isRight }) => !isRight).length;
  const coverage = report.claim?.coverage ?? 0;
  const before = { hits: Math.round(coverage * certify), n: certify };
  return [
    '| stage | bought: predicted (certify questions) | bought: live | live − predicted (95%) |',
    '| --- | ---: | ---: | ---: |',
    ...rows,
    `| accepted | ${share(before.hits, before.n)} | ${share(kept.length, lived.length)} | ${difference({ hits: kept.length, n: lived.length }, before)} |`,
    '',
    `Promise: at most ${percent(report.targetError)} errors among accepted answers. Live: ${share(wrong, kept.length)} wrong. ` +
      `Of all answers that came back, ${share(all, lived.length)} were wrong.`,
    '',
    '| | questions | median | 90% | most |',
    '| --- | ---: | ---: | ---: | ---: |',
    ...report.order.map((stage) => latencyRow(`added by ${stage}`, stageTimes(lived, stage))),
    latencyRow('the whole request, nothing bought', times(lived.filter(({ policy }) => policy.bought.length === 0))),
    latencyRow('the whole request, something bought', times(lived.filter(({ policy }) => policy.bought.length > 0))),
    '',
    `Stages that failed: ${lived.filter(({ policy }) => policy.failed !== null).length}. Questions with a difference from the ` +
      `certificate: ${lived.filter(({ policy }) => policy.differs.length > 0).length}.`,
  ].join('\n');
}

function stageTimes(lived: readonly Lived[], stage: string): number[] {
  return lived.flatMap(({ policy }) =>
    policy.stages.filter((each) => each.stage === stage && !each.known).map(({ milliseconds }) => milliseconds),
  );
}

function times(lived: readonly Lived[]): number[] {
  return lived.map(({ milliseconds }) => milliseconds);
}

function latencyRow(name: string, values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (q: number) =>
    sorted.length === 0 ? '–' : `${Math.round(sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))])} ms`;
  return `| ${name} | ${sorted.length} | ${at(0.5)} | ${at(0.9)} | ${at(1)} |`;
}
