import * as Plot from '@observablehq/plot';
import { labelBelow, shareAxis } from '../../report/axes.js';
import type { Html } from '../../report/markup.js';
import { percent } from '../../report/numbers.js';
import { plot } from '../../report/plot.js';
import type { StateLine } from './results.js';

/** Two standard errors on either side. */
const WIDTH = 2;

/** What going on is worth, by the probability at a state, with the price of the next stage as a line. */
export function valueChart({ values, next }: StateLine, price: number): Html | null {
  if (values === null || next === null || values.probability.length < 2) return null;
  const points = values.probability.map((p, i) => ({
    ...{ p, value: values.value[i] },
    ...{ low: values.value[i] - WIDTH * values.error[i], high: values.value[i] + WIDTH * values.error[i] },
  }));
  return plot(
    {
      height: 250,
      x: { ...shareAxis, label: 'probability that the answer is right', ...labelBelow },
      y: { ticks: 5, grid: true, label: 'expected gain over stopping', labelArrow: 'none' },
      marks: [
        Plot.areaY(points, { x: 'p', y1: 'low', y2: 'high', fill: 'var(--vouch)', fillOpacity: 0.18 }),
        Plot.lineY(points, { x: 'p', y: 'value', stroke: 'var(--vouch)', strokeWidth: 2 }),
        Plot.dot(points, { x: 'p', y: 'value', r: 2.5, fill: 'var(--vouch)' }),
        Plot.ruleY([price], { stroke: 'var(--wrong)', strokeDasharray: '5 4' }),
      ],
    },
    `Value of buying ${next} by probability, from ${percent(points[0].p, 0)} to ${percent(points[points.length - 1].p, 0)}.`,
  );
}
