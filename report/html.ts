import { pageOf } from './frame.js';
import { type Html, html } from './markup.js';
import type { ReportData } from './results.js';
import { script } from './script.js';
import { baselines } from './sections/baselines.js';
import { beforeAfter } from './sections/before-after.js';
import { costs } from './sections/costs.js';
import { dataFacts, runFacts } from './sections/facts.js';
import { headline } from './sections/headline.js';
import { furtherMetrics } from './sections/metrics.js';
import { mistakes } from './sections/mistakes.js';
import { parts } from './sections/parts.js';
import { patterns } from './sections/patterns.js';
import { raters } from './sections/raters.js';
import { reliability } from './sections/reliability.js';
import { riskCoverage } from './sections/risk-coverage.js';
import { selection } from './sections/selection.js';
import { signals } from './sections/signals.js';
import { sliceClaims } from './sections/slice-claims.js';
import { slices } from './sections/slices.js';
import { suspects } from './sections/suspects.js';
import { temperature } from './sections/temperature.js';
import { unseen } from './sections/unseen.js';
import { subject } from './words.js';

/** The sections in the order of the page, with their names in the table of contents. */
const sections: [id: string, name: string, draw: (data: ReportData) => Html | null][] = [
  ['before-after', 'Quality', beforeAfter],
  ['reliability', 'Reliability', reliability],
  ['risk-coverage', 'Abstaining', riskCoverage],
  ['costs', 'Costs', costs],
  ['temperature', 'Temperature', temperature],
  ['baselines', 'Baselines', baselines],
  ['metrics', 'Further measures', furtherMetrics],
  ['signals', 'Signals', signals],
  ['slices', 'Models and tasks', slices],
  ['patterns', 'Fewer signals', patterns],
  ['unseen', 'New models and tasks', unseen],
  ['mistakes', 'Confident mistakes', mistakes],
  ['suspects', 'Doubtful labels', suspects],
  ['raters', 'Raters', raters],
  ['slice-claims', 'Promises by slice', sliceClaims],
  ['selection', 'Choices', selection],
  ['parts', 'Parts of the data', parts],
  ['data', 'Data', dataFacts],
  ['run', 'Run', runFacts],
];

/**
 * report.html: one file that loads nothing else. It is readable without script, in light and dark mode, on paper and on
 * a phone.
 */
export function reportHtml(data: ReportData): string {
  const drawn = sections
    .map(([id, name, draw]) => ({ id, name, body: draw(data) }))
    .filter((section): section is { id: string; name: string; body: Html } => section.body !== null);
  const main = html`${headline(data)}
<nav aria-label="Contents">${drawn.map(({ id, name }) => html`<a href="#${id}">${name}</a>`)}</nav>
${drawn.map(({ body }) => html`${body}\n`)}`;
  return pageOf({ title: `${subject(data)}: vouch report`, vouch: data.versions.vouch, script }, main);
}
