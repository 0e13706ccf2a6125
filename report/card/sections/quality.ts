import { type Column, section, table } from '../../frame.js';
import { type Html, html } from '../../markup.js';
import type { MetricName } from '../../results.js';
import { estimate } from '../../sections/before-after.js';
import { betterSide, metricNames, metricWords } from '../../words.js';
import type { CardFacts } from '../facts.js';

/** The metrics with their intervals, next to what a reader would have without vouch. */
export function quality({ metrics, rival, measuredOn }: CardFacts): Html {
  const columns: Column<MetricName>[] = [
    {
      head: 'Measure',
      content: (name) =>
        html`${metricWords[name].label}<small>${betterSide(name)} is better; ${metricWords[name].says}</small>`,
    },
    ...(rival === null
      ? []
      : [
          {
            head: rival.label,
            kind: 'number' as const,
            content: (name: MetricName) => estimate(rival.metrics[name], name),
          },
        ]),
    { head: 'This bundle', kind: 'number', content: (name) => estimate(metrics[name], name) },
  ];
  return section('quality', 'How good it is', [
    html`<p>${measuredOn} With 95% intervals (bootstrap over questions).</p>`,
    table('Quality of the probabilities', columns, metricNames),
  ]);
}
