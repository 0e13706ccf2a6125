import { type Column, section, table } from '../frame.js';
import { judgedOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { count, fixed, percent, signed } from '../numbers.js';
import type { Estimate, PatternStanding, ReportData } from '../results.js';
import { capital, patternWords, recipeWords } from '../words.js';

/** What each set of signals is worth: the ground for asking for the costly ones only where they change the decision. */
export function patterns(data: ReportData): Html | null {
  const { patterns: rows } = data;
  if (rows === undefined || rows.length < 2) return null;
  return section('patterns', 'With fewer signals', [
    html`<p>The same answers (${judgedOn(data)}), with the other groups of signals hidden. Each of these sets has a predictor, a calibrator and a threshold of its own in the bundle. The cost is what the hidden signals were worth; where few decisions change, they need not be asked for.</p>
<p class="note">A claim certified by hiding signals (basis: hidden) is weaker than one on answers that lacked them by nature (natural): answers that come without a signal may be of another kind than those it was hidden from. Rows name the basis of their claim, and scoring warns where it is hidden.</p>`,
    table('Quality by what was recorded', columns, rows),
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
    head: 'Decisions changed by all signals',
    kind: 'number',
    content: (row) => (row.cost.value === 0 || row.decisionsChanged === null ? '–' : percent(row.decisionsChanged)),
  },
  { head: 'Learner', content: (row) => recipeWords(row.learner) },
];

function accepted(claim: PatternStanding['claim']): Html | string {
  if (claim === null || claim.threshold === null) return 'nothing certified';
  return html`${percent(claim.coverage)}<small>at most ${percent(claim.alpha)} wrong${claim.basis === 'hidden' ? '; by hiding' : ''}</small>`;
}

function estimate({ value, low, high }: Estimate, show: (x: number | null) => string): Html {
  return html`${show(value)}<small>${show(low)} to ${show(high)}</small>`;
}
