import * as Plot from '@observablehq/plot';
import { labelBelow } from '../../report/axes.js';
import type { Html } from '../../report/markup.js';
import { chosenPercent, money, percent } from '../../report/numbers.js';
import { plot } from '../../report/plot.js';
import { maxOf } from '../../support/extremes.js';
import { shortPercent } from '../../support/words/short-percent.js';
import type { PolicyReport, Way } from './results.js';

/** Letters of the compared ways, as table and chart show them. */
export const letterOf = (i: number) => String.fromCharCode(65 + i);

/** Error among accepted answers by cost per question: the best candidates on the fit questions, and the ways as dots. */
export function frontierChart({ frontier, ways, targetError }: PolicyReport): Html {
  const dots = ways.flatMap((way, i) =>
    way.error.value === null || way.total.value === null
      ? []
      : [{ cost: way.total.value, error: way.error.value, letter: letterOf(i), own: i === 0, title: titleOf(way) }],
  );
  const top =
    1.15 * maxOf([targetError * 1.3, ...dots.map(({ error }) => error), ...frontier.map(({ error }) => error)]);
  const widest = 1.08 * maxOf([...dots.map(({ cost }) => cost), ...frontier.map(({ cost }) => cost)]);
  return plot(
    {
      height: 340,
      x: { domain: [0, widest], ticks: 5, label: 'cost per question, in money', ...labelBelow },
      y: {
        ...{ domain: [0, Math.min(1, top)], ticks: 6, tickFormat: shortPercent, grid: true },
        ...{ label: 'wrong among accepted answers', labelArrow: 'none' as const },
      },
      marks: [
        Plot.ruleY([targetError], { stroke: 'var(--wrong)', strokeDasharray: '5 4' }),
        Plot.text([targetError], {
          ...{ x: 0, y: (alpha: number) => alpha, text: (alpha: number) => `target: ${chosenPercent(alpha)} errors` },
          ...{ textAnchor: 'start', dx: 4, dy: -8, fill: 'var(--wrong)', stroke: 'var(--paper)', strokeWidth: 4 },
        }),
        Plot.lineY(frontier, { x: 'cost', y: 'error', stroke: 'var(--vouch)', strokeWidth: 1.5, curve: 'step-after' }),
        Plot.dot(dots, {
          ...{ x: 'cost', y: 'error', r: 6, title: 'title', stroke: 'var(--paper)', strokeWidth: 2 },
          fill: (dot: { own: boolean }) => (dot.own ? 'var(--vouch)' : 'var(--before)'),
        }),
        Plot.text(dots, {
          ...{
            x: 'cost',
            y: 'error',
            text: 'letter',
            dy: -13,
            fill: 'var(--ink)',
            stroke: 'var(--paper)',
            strokeWidth: 4,
          },
        }),
      ],
    },
    `Error by cost. ${dots.map(({ letter, title }) => `${letter}: ${title}`).join(' ')}`,
  );
}

function titleOf({ name, total, error }: Way): string {
  return `${name}: ${money(total.value)} per question, ${percent(error.value)} wrong.`;
}
