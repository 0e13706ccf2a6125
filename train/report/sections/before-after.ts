import type { Estimate, MetricName, ReportData } from '../data.js';
import { section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, interval } from '../numbers.js';
import { scaleOf, strip } from '../strip.js';
import { betterSide, metricNames, metricWords } from '../words.js';

/** Before and after: a recorded confidence taken at its word, against vouch, each with its 95% interval. */
export function beforeAfter(data: ReportData): Html {
  const { before, test } = data;
  const certify = data.parts.find(({ name }) => name === 'certify');
  const on =
    certify === undefined
      ? 'Measured once'
      : `Measured on ${count(certify.rows)} answers that took no part in training`;
  if (before === null) {
    return section('before-after', 'How good the probabilities are', [
      html`<p>These answers came with no confidence of their own between 0 and 1, so there is no “before” to compare with. ${on}; intervals are 95%, drawn by question.</p>`,
      table<MetricName>(
        'Quality of the probabilities',
        [
          { head: 'Measure', cell: (name) => measure(name) },
          { head: 'vouch', kind: 'number', cell: (name) => estimate(test.metrics[name], name) },
        ],
        metricNames,
      ),
    ]);
  }
  const better = metricNames.filter((name) => improves(name, before.metrics[name], test.metrics[name]));
  const known = metricNames.filter((name) => before.metrics[name].value !== null && test.metrics[name].value !== null);
  return section('before-after', 'Before and after', [
    html`<p>Before: <code>${before.name}</code> (${before.says}). After: what vouch makes of all signals. ${on}; vouch is better on ${count(better.length)} of ${count(known.length)} measures. Intervals are 95%, drawn by question.</p>`,
    html`<div class="compare">${table<MetricName>(
      'Before and after',
      [
        { head: 'Measure', cell: (name) => measure(name) },
        { head: '', kind: 'picture', cell: (name) => both(before.metrics[name], test.metrics[name]) },
        {
          head: html`<span class="key before"></span>Before`,
          kind: 'number',
          cell: (name) => estimate(before.metrics[name], name),
        },
        {
          head: html`<span class="key vouch"></span>vouch`,
          kind: 'number',
          cell: (name) => estimate(test.metrics[name], name),
        },
      ],
      metricNames,
    )}</div>`,
  ]);
}

/** A value with its interval under it. */
export function estimate(value: Estimate, name: MetricName): Html {
  const { show } = metricWords[name];
  return html`${show(value.value)}<small>${interval(value, show)}</small>`;
}

function measure(name: MetricName): Html {
  const { label, says } = metricWords[name];
  return html`${label}<small><span class="says">${says}; </span>${betterSide(name)} is better</small>`;
}

function improves(name: MetricName, before: Estimate, after: Estimate): boolean {
  if (before.value === null || after.value === null) return false;
  return betterSide(name) === 'lower' ? after.value < before.value : after.value > before.value;
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
