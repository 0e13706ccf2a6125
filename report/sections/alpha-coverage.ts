import * as Plot from '@observablehq/plot';
import { maxOf } from '../../support/extremes.js';
import { shortPercent } from '../../support/words/short-percent.js';
import { labelBelow } from '../axes.js';
import { figure } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, cutoff, percent } from '../numbers.js';
import { plot } from '../plot.js';
import type { AlphaCoverage, ReportData } from '../results.js';
import { patternWords } from '../words.js';

const tones = ['var(--vouch)', 'var(--before)', 'var(--wrong)', 'var(--ink)'];

/** The share of answers that can be accepted for each promised error rate, one line per pattern of signals. */
export function alphaCoverage(data: ReportData): Html {
  const title = 'Coverage for each promised error rate';
  const points = data.alphaCoverage;
  if (points.length === 0) return figure(title, html`<p class="empty">No other promises were tried.</p>`, '');
  const patterns = [...new Set(points.map(({ pattern }) => pattern))];
  const tone = (pattern: string) => tones[patterns.indexOf(pattern)] ?? 'var(--muted)';
  const lines = patterns.map((pattern) =>
    points.filter((point) => point.pattern === pattern).sort((a, b) => a.alpha - b.alpha),
  );
  const certified = data.thresholds.flatMap(({ pattern, slice, alpha, coverage, threshold }) =>
    threshold === null || slice !== undefined ? [] : [{ pattern, alpha, coverage, threshold, indication: false }],
  );
  const firm = [...points.filter(({ indication }) => !indication), ...certified];
  const hollow = points.filter(
    (p) => p.indication && !certified.some(({ pattern, alpha }) => pattern === p.pattern && alpha === p.alpha),
  );
  const chart = plot(
    {
      height: 340,
      x: {
        domain: [0, maxOf(points.map(({ alpha }) => alpha))],
        ticks: 6,
        tickFormat: shortPercent,
        label: 'promised: at most this share of errors',
        ...labelBelow,
      },
      y: {
        domain: [0, 1],
        ticks: 5,
        tickFormat: shortPercent,
        label: 'coverage: share of answers accepted',
        labelArrow: 'none',
        grid: true,
      },
      marks: [
        lines.map((line) =>
          Plot.lineY(line, {
            x: 'alpha',
            y: 'coverage',
            curve: 'step-after',
            stroke: tone(line[0].pattern),
            strokeOpacity: 0.6,
            strokeWidth: 1.75,
            strokeDasharray: line.some(({ indication }) => indication) ? '4 3' : undefined,
          }),
        ),
        Plot.dot(hollow, {
          x: 'alpha',
          y: 'coverage',
          r: 3.5,
          stroke: (p: AlphaCoverage) => tone(p.pattern),
          fill: 'var(--paper)',
          strokeWidth: 1.5,
          title: titled,
        }),
        Plot.dot(firm, {
          x: 'alpha',
          y: 'coverage',
          r: 5,
          fill: (p: AlphaCoverage) => tone(p.pattern),
          stroke: 'var(--paper)',
          title: titled,
        }),
      ],
    },
    `Coverage against promised errors. ${lines.map((line) => worded(line)).join(' ')}`,
  );
  return figure(title, chart, [
    lines.map((line) => html`${patterns.length > 1 && keyed(line[0].pattern, tone(line[0].pattern))}${worded(line)} `),
    meaning(firm.length, hollow.length),
    twoDots(certified, points),
  ]);
}

/** The name of a pattern with its colour in a chart. */
export function keyed(pattern: string, tone: string): Html {
  return html`<span class="key" style="background:${tone}"></span>${patternWords(pattern)}: `;
}

/** Why there are two dots at an error rate: the point of the curve, and the claim where its coverage is another. */
function twoDots(certified: AlphaCoverage[], points: AlphaCoverage[]): string | null {
  const twice = certified.filter(({ pattern, alpha, coverage }) =>
    points.some((p) => p.pattern === pattern && p.alpha === alpha && p.coverage !== coverage),
  );
  if (twice.length === 0) return null;
  const at = [...new Set(twice.map(({ alpha }) => chosenPercent(alpha)))].join(' and ');
  return (
    ` The two dots at ${at} are two tests of the same promise: the dot on the line belongs to a test of all error ` +
    'rates ' +
    'together, and the dot off the line is the claim that vouch uses, which was tested alone.'
  );
}

function titled({ alpha, coverage, threshold, indication }: AlphaCoverage): string {
  const at = threshold === null ? '' : `, at probability ≥ ${cutoff(threshold)}`;
  const kind = indication ? ' (indication)' : '';
  return `at most ${chosenPercent(alpha)} errors: ${percent(coverage)} accepted${at}${kind}`;
}

/** The strictest promise under which some answers can be accepted, and the loosest. */
function worded(line: AlphaCoverage[]): string {
  const reached = line.filter(({ coverage }) => coverage > 0);
  if (reached.length === 0)
    return `No answers can be accepted, even with ${chosenPercent(line[line.length - 1].alpha)} errors.`;
  const [first, last] = [reached[0], reached[reached.length - 1]];
  const start =
    `With at most ${chosenPercent(first.alpha)} errors, ${percent(first.coverage)} of answers can ` + 'be accepted';
  return first === last
    ? `${start}.`
    : `${start}; with at most ${chosenPercent(last.alpha)}, ${percent(last.coverage)}.`;
}

function meaning(firm: number, hollow: number): string {
  const indications =
    'Hollow dots are indications only: the stated confidence does not cover a choice among them afterwards.';
  if (hollow === 0) return 'All points on the line hold together, with the stated confidence.';
  return firm === 0 ? indications : `Filled dots are promises. ${indications}`;
}
