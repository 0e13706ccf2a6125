import { section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { fixed, plural, signed } from '../numbers.js';
import type { ReportData } from '../results.js';
import { SMALL } from '../small.js';
import { scaleOf, strip } from '../strip.js';
import { recipeWords } from '../words.js';

type Candidate = ReportData['selection']['learners'][number];

/** What was tried, what ships, and why. */
export function selection(data: ReportData): Html {
  const { learners, calibrators, why } = data.selection;
  return section('selection', 'What ships, and why', [
    html`<p>${why}</p>`,
    html`<p class="note">Log-loss on answers of the fit part that a candidate had not seen (cross-fitted by question). Difference: to the best candidate, paired answer by answer, ± one standard error clustered by question. The simplest candidate within one standard error of the best ships; on fewer than ${SMALL} questions the blend, which then holds one signal too, unless a simple way is better by two standard errors.</p>`,
    textWords(data),
    linesWords(data),
    html`<div class="pair tables">${[candidates('Learners', learners), candidates('Calibrators', calibrators)]}</div>`,
  ]);
}

/** Whether the words of question and answer help. */
function textWords({ selection: { text } }: ReportData): Html | null {
  if (text == null) return null;
  const { difference, standardError, used } = text;
  return html`<p class="note">Text channel (a logistic regression on the words of question and answer, whose logit is one more signal): log-loss of logistic regression ${signed(difference)} ± ${fixed(standardError, 4)} with it, so it ${used ? 'ships' : 'stays out'}.</p>`;
}

/** Whether a line for each model and task pays. */
function linesWords({ selection: { slices } }: ReportData): Html | null {
  if (slices === undefined || slices.length === 0) return null;
  const chosen = slices.find((candidate) => candidate.chosen)!;
  return html`<p class="note">A recalibration line for each model and task, pooled: ${
    chosen.strength === null
      ? 'none, it would not lower the log-loss by more than one standard error'
      : `ships, ${signed(chosen.difference)} log-loss`
  }.</p>`;
}

function candidates(title: string, rows: Candidate[]): Html {
  if (rows.length === 0) return html`<p class="empty">${title}: none was tried.</p>`;
  const at = scaleOf([
    0,
    ...rows.flatMap(({ difference, standardError }) => [difference - standardError, difference + standardError]),
  ]);
  return table(
    `${title}: ${plural(rows.length, 'candidate')}, simplest first`,
    [
      {
        head: title.slice(0, -1),
        content: (row) => html`${recipeWords(row.name)}${row.chosen && html` <mark class="good">ships</mark>`}`,
      },
      { head: 'Log-loss', kind: 'number', content: (row) => fixed(row.logLoss, 4) },
      {
        head: 'Difference',
        kind: 'number',
        content: (row) =>
          row.difference === 0 && row.standardError === 0
            ? 'best'
            : html`${signed(row.difference)}<small>± ${fixed(row.standardError, 4)}</small>`,
      },
      {
        head: '',
        kind: 'picture',
        content: (row) =>
          strip(at, [
            { kind: 'rule', at: 0, tone: 'muted' },
            {
              kind: 'span',
              from: row.difference - row.standardError,
              to: row.difference + row.standardError,
              tone: row.chosen ? 'vouch' : 'muted',
            },
            { kind: row.chosen ? 'dot' : 'ring', at: row.difference, tone: row.chosen ? 'vouch' : 'muted' },
          ]),
      },
    ],
    rows,
    (row) => (row.chosen ? 'own' : ''),
  );
}
