import { type Column, section, table } from '../frame.js';
import { unseenWords } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { count, interval, type Maybe } from '../numbers.js';
import type { Estimate, MetricName, ReportData } from '../results.js';
import { type Rival, rivalOf } from '../rival.js';
import { scaleOf, strip } from '../strip.js';
import { betterSide, metricNames, metricWords } from '../words.js';

/** Before and after: a recorded confidence taken at its word (or a simple way), against vouch, each with its 95% interval. */
export function beforeAfter(data: ReportData): Html {
  const { metrics } = data.test;
  const rival = rivalOf(data);
  const certify = data.parts.find(({ name }) => name === 'certify');
  const on = certify === undefined ? '' : ` on ${count(certify.rows)} answers${unseenWords(data)}`;
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
    html`<p>${opening(rival)} Measured${on}, with 95% intervals drawn by question.${rival !== null && ` ${score(rival, metrics)}`}</p>`,
    html`<div class="compare">${table('Quality of the probabilities', columns, metricNames)}</div>`,
  ]);
}

function opening(rival: Rival | null): Html {
  const none = 'These answers came with no confidence of their own between 0 and 1, so there is no “before”.';
  if (rival === null) return html`${none}`;
  const { name, says } = rival.standing;
  if (rival.role === 'Simple way')
    return html`${none} Beside vouch stands a simple way, fitted on the same answers: ${says}.`;
  const rest = says.startsWith(name) ? says.slice(name.length) : ` (${says})`;
  return html`Before: <code>${name}</code>${rest}. After: what vouch makes of all signals.`;
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

function score({ standing }: Rival, after: Record<MetricName, Estimate>): string {
  const before = standing.metrics;
  const known = metricNames.filter((name) => before[name].value !== null && after[name].value !== null);
  const better = known.filter((name) => {
    const gap = after[name].value! - before[name].value!;
    return betterSide(name) === 'lower' ? gap < 0 : gap > 0;
  });
  return `Of ${count(known.length)} measures, vouch is better on ${count(better.length)}.`;
}

/** A value with its interval under it. */
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
