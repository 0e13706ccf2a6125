import type { Metrics, Paired, ReportData } from '../data.js';
import { section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, interval } from '../numbers.js';
import { metricLabel, metricNames, metricWords, standingLabel } from '../words.js';
import { estimate } from './before-after.js';
import { forest, standsClear } from './forest.js';

/** Against simpler predictors, fitted on the same part and judged on the same answers: values, then paired differences. */
export function baselines(data: ReportData): Html {
  const standings = Object.entries(data.baselines);
  const rows: { label: string; says: string; metrics: Metrics; own: boolean }[] = [
    { label: 'vouch', says: 'as shipped', metrics: data.test.metrics, own: true },
    ...(data.before === null
      ? []
      : [
          {
            label: standingLabel(data.before.name, data),
            says: data.before.says,
            metrics: data.before.metrics,
            own: false,
          },
        ]),
    ...standings.map(([name, { says, metrics }]) => ({ label: standingLabel(name, data), says, metrics, own: false })),
  ];
  return section('baselines', 'Against simpler ways', [
    html`<p>${standings.length === 0 ? 'No simpler predictor was fitted to compare with.' : 'Each simpler predictor was fitted on the same part as vouch and judged on the same answers.'} ${won(data.paired)}</p>`,
    table(
      'All predictors on the certify part',
      [
        { head: 'Predictor', cell: (row) => html`${row.label}<small class="says">${row.says}</small>` },
        ...metricNames.map((name) => ({
          head: metricLabel(name, data),
          kind: 'number' as const,
          cell: (row: (typeof rows)[number]) => estimate(row.metrics[name], name),
        })),
      ],
      rows,
      (row) => (row.own ? 'own' : ''),
    ),
    forest(data),
  ]);
}

/** How many paired differences stand clear of zero, on which side; named where vouch is the worse one. */
function won(paired: Paired[]): string {
  if (paired.length === 0) return '';
  const better = paired.filter((pair) => standsClear(pair) === 'better').length;
  const worse = paired.filter((pair) => standsClear(pair) === 'worse');
  const names = worse.map(
    ({ against, metric, difference }) =>
      `${metricWords[metric].label} against ${against} (${interval(difference, metricWords[metric].difference)})`,
  );
  return `Of ${count(paired.length)} paired differences, vouch is better by more than chance in ${count(better)}${worse.length === 0 ? ' and worse in none.' : ` and worse in ${count(worse.length)}: ${names.join('; ')}.`}`;
}
