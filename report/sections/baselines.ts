import { section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { count, interval } from '../numbers.js';
import type { Metrics, Paired, ReportData } from '../results.js';
import { leading, metricNames, metricWords, standingLabel } from '../words.js';
import { estimate } from './before-after.js';
import { beyondChance, forest } from './forest.js';

/**
 * vouch and simpler predictors, trained on the same part and tested on the same answers: values and paired differences.
 */
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
  const fitted =
    standings.length === 0
      ? 'No baseline was trained to compare with.'
      : 'Each baseline was trained on the same part as vouch and tested on the same answers.';
  return section('baselines', 'Compared with simple baselines', [
    html`<p>${fitted} ${won(data)}</p>`,
    table(
      `All predictors on ${judgedOn(data)}`,
      [
        { head: 'Predictor', content: (row) => html`${row.label}<small class="says">${row.says}</small>` },
        ...metricNames.map((name) => ({
          head: metricWords[name].label,
          kind: 'number' as const,
          content: (row: (typeof rows)[number]) => estimate(row.metrics[name], name),
        })),
      ],
      rows,
      (row) => (row.own ? 'own' : ''),
    ),
    forest(data),
  ]);
}

/** How many paired differences are beyond chance, by measure; the differences where vouch is worse are named. */
function won(data: ReportData): string {
  const { paired } = data;
  if (paired.length === 0) return '';
  const clear = (side: 'better' | 'worse', pairs: Paired[]) => pairs.filter((pair) => beyondChance(pair) === side);
  const wins = leading
    .map((name) => ({ name, pairs: paired.filter(({ metric }) => metric === name) }))
    .filter(({ pairs }) => pairs.length > 0)
    .map(
      ({ name, pairs }) =>
        `${metricWords[name].label}: by more than chance, vouch is better than ` +
        `${count(clear('better', pairs).length)} of ${count(pairs.length)}.`,
    );
  const losses = clear('worse', paired).map(
    ({ against, metric, difference }) =>
      `${metricWords[metric].label}, compared with ${standingLabel(against, data)} ` +
      `(${interval(difference, metricWords[metric].difference)})`,
  );
  const lost = losses.length === 0 ? 'no measure' : losses.join('; ');
  return `${wins.join(' ')} By more than chance, vouch is worse on ${lost}.`;
}
