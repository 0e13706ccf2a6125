import * as Plot from '@observablehq/plot';
import { labelBelow, shareAxis } from '../axes.js';
import { figure } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, count, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { ReportData } from '../results.js';
import { keyed } from './alpha-coverage.js';

const tones = ['var(--vouch)', 'var(--before)', 'var(--wrong)', 'var(--ink)'];

/** What more labels would bring: certified coverage by number of labelled questions, with the present number marked. */
export function labelsBuy(data: ReportData): Html | null {
  const all = (data.labelsBuy ?? []).filter(({ points }) => points.some(({ coverage }) => coverage > 0));
  if (all.length === 0) return null;
  const { alpha } = all[0];
  const tone = (k: number) => tones[k] ?? 'var(--muted)';
  const chart = plot(
    {
      height: 300,
      x: {
        type: 'log',
        label: 'labelled questions',
        ...labelBelow,
        ticks: all[0].points.map(({ questions }) => questions),
        tickFormat: count,
      },
      y: {
        ...shareAxis,
        label: `certified coverage with at most ${chosenPercent(alpha)} errors`,
        labelArrow: 'none',
        grid: true,
      },
      marks: all.flatMap(({ points }, k) => [
        Plot.lineY(points, { x: 'questions', y: 'coverage', stroke: tone(k), strokeWidth: 1.75 }),
        Plot.dot(points, {
          x: 'questions',
          y: 'coverage',
          r: ({ times }: { times: number }) => (times === 1 ? 6 : 3),
          fill: tone(k),
          stroke: 'var(--paper)',
        }),
      ]),
    },
    `Certified coverage against labelled questions. ${all.map(({ points }) => worded(points)).join(' ')}`,
  );
  return figure(
    'What more labels would bring',
    chart,
    [
      all.map(({ pattern, points }, k) => html`${all.length > 1 && keyed(pattern, tone(k))}${worded(points)} `),
      'The large dot is your present number of labels. The curve is an estimate from out-of-fold error rates: a ' +
        'share of the ' +
        'answers counts as certified if its chance to pass is at least one half, and the predictor is assumed not ' +
        'to improve.',
    ],
    'beside',
  );
}

function worded(points: NonNullable<ReportData['labelsBuy']>[number]['points']): string {
  const now = points.find(({ times }) => times === 1)!;
  const last = points[points.length - 1];
  return (
    `With ${count(now.questions)} labelled questions, ${percent(now.coverage)} of answers; ` +
    `with ${count(last.questions)}, ${percent(last.coverage)}.`
  );
}
