import { type Column, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { count, fixed, percent, signed } from '../numbers.js';
import type { Estimate, PatternStanding, ReportData } from '../results.js';
import { capital, patternWords, recipeWords } from '../words.js';

/**
 * Quality by pattern of signals: it shows where costly signals change decisions, and where they need not be collected.
 */
export function patterns(data: ReportData): Html | null {
  const { patterns: rows } = data;
  if (rows === undefined || rows.length < 2) return null;
  return section('patterns', 'With fewer signals', [
    html`<p>The same answers (${judgedOn(data)}), with the other groups of signals hidden. The bundle has a separate
predictor, calibrator and threshold for each of these patterns. Cost: how much the log-loss rises without the hidden
signals.
Where few decisions change, you need not collect them.</p>
<p class="note">A claim that was certified by hiding signals (basis: hidden) is weaker than a claim on answers that
really
came without them (basis: natural), because answers without a signal may be of another kind. Scored rows name the basis
of
their claim, and scoring warns if it is hidden.</p>`,
    table('Quality by recorded signals', columns, rows),
  ]);
}

const columns: Column<PatternStanding>[] = [
  { head: 'Signals', content: (row) => capital(patternWords(row.pattern)) },
  { head: 'Answers', kind: 'number', content: (row) => count(row.rows) },
  { head: 'Log-loss', kind: 'number', content: (row) => estimate(row.logLoss, fixed) },
  {
    head: 'Cost',
    kind: 'number',
    content: (row) => (row.cost.value === 0 ? 'all signals' : estimate(row.cost, signed)),
  },
  { head: 'AUROC', kind: 'number', content: (row) => fixed(row.auroc.value) },
  { head: 'within model and task', kind: 'number', content: (row) => fixed(row.aurocWithin.value) },
  { head: 'Accepted, promised', kind: 'number', content: ({ claim }) => accepted(claim) },
  {
    head: 'Decisions that all signals would change',
    kind: 'number',
    content: (row) => (row.cost.value === 0 || row.decisionsChanged === null ? '–' : percent(row.decisionsChanged)),
  },
  { head: 'Learner', content: (row) => recipeWords(row.learner) },
];

function accepted(claim: PatternStanding['claim']): Html | string {
  if (claim === null || claim.threshold === null) return 'nothing certified';
  const basis = claim.basis === 'hidden' ? '; by hiding' : '';
  return html`${percent(claim.coverage)}<small>at most ${percent(claim.alpha)} wrong${basis}</small>`;
}

function estimate({ value, low, high }: Estimate, show: (x: number | null) => string): Html {
  return html`${show(value)}<small>${show(low)} to ${show(high)}</small>`;
}
