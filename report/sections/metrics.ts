import { plural } from '../../support/words/plural.js';
import { type Column, section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, fixed, interval, percent } from '../numbers.js';
import type { Estimate, FurtherName, ReportData } from '../results.js';
import { rivalOf } from '../rival.js';
import { betterSide, furtherNames, furtherWords } from '../words.js';
import { withInterval } from './before-after.js';

const nothing: Estimate = { value: null, low: null, high: null };

/** Further measures that papers report, in a separate table; null if none was measured. */
export function furtherMetrics(data: ReportData): Html | null {
  const { metrics } = data.test;
  const names = furtherNames.filter((name) => metrics[name] !== undefined);
  if (names.length === 0) return null;
  const rival = rivalOf(data);
  const cell = (of: Partial<Record<FurtherName, Estimate>>) => (name: FurtherName) =>
    withInterval(of[name] ?? nothing, furtherWords[name].show);
  const columns: Column<FurtherName>[] = [
    { head: 'Measure', content: measure },
    ...(rival === null ? [] : [{ head: rival.role, kind: 'number' as const, content: cell(rival.standing.metrics) }]),
    { head: 'vouch', kind: 'number', content: cell(metrics) },
  ];
  return section('metrics', 'Further measures', [
    html`<p>Measured on the same answers, with 95% intervals (bootstrap over questions${draws(data)}). Some measures are
above 0 by chance alone; their interval includes 0 unless chance cannot explain the value. ${tested(data)}
${choices(data)}</p>`,
    html`<div class="compare">${table('Further measures', columns, names)}</div>`,
  ]);
}

/** Fewer draws than asked for, as there are many answers. */
function draws({ sampled }: ReportData): string {
  return sampled?.draws === undefined ? '' : `, ${count(sampled.draws)} draws because there are so many answers`;
}

function measure(name: FurtherName): Html {
  const { label, says } = furtherWords[name];
  return html`${label}<small><span class="says">${says}; </span>${betterSide(name)} is better</small>`;
}

function tested({ test }: ReportData): string {
  if (test.spiegelhalter == null) return '';
  const { z, pvalue } = test.spiegelhalter;
  const p = pvalue < 0.001 ? 'p < 0.001' : `p = ${fixed(pvalue)}`;
  const verdict =
    pvalue >= 0.05 ? 'no sign of miscalibration' : z > 0 ? 'vouch is overconfident' : 'vouch is underconfident';
  return `Spiegelhalter’s test of calibration: z = ${fixed(z, 2)}, ${p}: ${verdict}.`;
}

function choices({ test }: ReportData): string {
  if (test.choices === undefined) return '';
  const { answers, fullEce } = test.choices;
  const span = interval(fullEce, percent);
  return (
    `The models’ own probabilities of the answer options, recorded for ${plural(answers, 'answer')}, have a ` +
    'calibration ' +
    `error (Full-ECE) of ${percent(fullEce.value)}${span === '' ? '' : ` (95%: ${span})`}.`
  );
}
