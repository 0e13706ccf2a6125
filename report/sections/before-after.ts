import { plural } from '../../support/words/plural.js';
import { equationTable } from '../equations.js';
import { type Column, section, table } from '../frame.js';
import { unseenWords } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { count, interval, type Maybe } from '../numbers.js';
import type { Estimate, MetricName, ReportData } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { scaleOf, strip } from '../strip.js';
import { betterSide, metricNames, metricWords } from '../words.js';
import { beyondChance } from './forest.js';

/** A recorded confidence used as it is (or a baseline) and vouch, measure by measure, each with its 95% interval. */
export function beforeAfter(data: ReportData): Html {
  const { metrics } = data.test;
  const rival = rivalOf(data);
  const certify = data.parts.find(({ name }) => name === 'certify');
  const on = certify === undefined ? '' : ` on ${plural(certify.rows, 'answer')}${unseenWords(data)}`;
  const columns: Column<MetricName>[] = [
    { head: 'Measure', content: measure },
    ...(rival === null ? [] : besides(rival, metrics)),
    {
      head: html`<span class="key vouch"></span>vouch`,
      kind: 'number',
      content: (name) => estimate(metrics[name], name),
    },
  ];
  return section('before-after', data.before === null ? 'How good the probabilities are' : 'Before and after', [
    html`<p>${opening(rival)} Measured${on}, with 95% intervals (bootstrap over questions).
${rival !== null && score(rival, data)}</p>`,
    html`<div class="compare">${table('Quality of the probabilities', columns, metricNames)}</div>`,
    equationTable(data),
  ]);
}

function opening(rival: Rival | null): Html {
  const none = 'No confidence between 0 and 1 was recorded with these answers, so there is no “before”.';
  if (rival === null) return html`${none}`;
  const { name, says } = rival.standing;
  if (rival.role === 'Baseline')
    return html`${none} Instead, vouch is compared with a simple baseline that was trained on the same answers: ${says}.`;
  const rest = says.startsWith(name) ? says.slice(name.length) : ` (${says})`;
  return html`Before: <code>${name}</code>${rest}. After: the probability that vouch computes from all signals.`;
}

function besides({ role, standing }: Rival, after: Record<MetricName, Estimate>): Column<MetricName>[] {
  const before = standing.metrics;
  return [
    { head: '', kind: 'picture', content: (name) => both(before[name], after[name]) },
    {
      head: html`<span class="key before"></span>${role}`,
      kind: 'number',
      content: (name) => estimate(before[name], name),
    },
  ];
}

/** On how many measures vouch is better or worse; a difference counts only if its interval excludes zero. */
function score({ against }: Rival, { paired }: ReportData): string {
  const pairs = paired.filter((pair) => pair.against === against && pair.difference.value !== null);
  if (pairs.length === 0) return '';
  const number = (side: 'better' | 'worse') => pairs.filter((pair) => beyondChance(pair) === side).length;
  const worse = number('worse');
  return (
    `By more than chance, vouch is better on ${count(number('better'))} of ${plural(pairs.length, 'measure')} ` +
    `and worse on ${worse === 0 ? 'none' : count(worse)} ` +
    '(a difference counts only if its 95% interval does not contain zero).'
  );
}

/** A value, and its interval on the next line. */
export function estimate(value: Estimate, name: MetricName): Html {
  return withInterval(value, metricWords[name].show);
}

export function withInterval(value: Estimate, show: (x: Maybe) => string): Html {
  return html`${show(value.value)}<small>${interval(value, show)}</small>`;
}

function measure(name: MetricName): Html {
  const { label, says } = metricWords[name];
  return html`${label}<small><span class="says">${says}; </span>${betterSide(name)} is better</small>`;
}

function both(before: Estimate, after: Estimate): Html {
  const at = scaleOf([before.low, before.value, before.high, after.low, after.value, after.high]);
  return strip(at, [
    { kind: 'span', from: before.low, to: before.high, tone: 'before' },
    { kind: 'span', from: after.low, to: after.high, tone: 'vouch' },
    { kind: 'ring', at: before.value, tone: 'before' },
    { kind: 'dot', at: after.value, tone: 'vouch' },
  ]);
}
