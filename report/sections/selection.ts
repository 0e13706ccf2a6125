import { plural } from '../../support/words/plural.js';
import { section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { fixed, signed } from '../numbers.js';
import type { ReportData } from '../results.js';
import { SMALL } from '../small.js';
import { scaleOf, strip } from '../strip.js';
import { recipeWords } from '../words.js';

export type Candidate = ReportData['selection']['learners'][number];

/** Which candidates were tried, which one is shipped, and why. */
export function selection(data: ReportData): Html {
  const { learners, calibrators, why } = data.selection;
  return section('selection', 'What was chosen, and why', [
    html`<p>${why}</p>`,
    html`<p class="note">Log-loss: measured on answers of the fit part that the candidate had not seen (cross-fitting by
question). Difference: from the best candidate, paired by answer, ± one standard error clustered by question. The
simplest
candidate within one standard error of the best is chosen. With fewer than ${SMALL} questions, the blend is chosen (it
then
includes Platt scaling of one signal), unless a simple baseline is better by two standard errors.</p>`,
    textWords(data),
    embeddingWords(data),
    linesWords(data),
    html`<div class="pair tables">${[candidates('Learners', learners), candidates('Calibrators', calibrators)]}</div>`,
  ]);
}

/** Whether the text channel is used. */
function textWords({ selection: { text } }: ReportData): Html | null {
  if (text == null) return null;
  const { difference, standardError, used } = text;
  return html`<p class="note">Text channel (a logistic regression on the words of question and answer; its logit is one
more
signal): it changes the log-loss of logistic regression by ${signed(difference)} ± ${fixed(standardError, 4)},
so it is ${used ? 'used' : 'not used'}.</p>`;
}

/** Whether the embedding channel is used, and on which vectors. */
function embeddingWords({ selection: { embeddings } }: ReportData): Html | null {
  if (embeddings == null) return null;
  const { difference, standardError, used, names, width = 0, probe = [] } = embeddings;
  const network =
    probe.length > 0
      ? `a logistic regression and a probe with layers of ${probe.join(', ')} units`
      : `a logistic regression and a learned projection to ${width} numbers`;
  const how = width === 0 && probe.length === 0 ? 'a logistic regression on all their numbers' : network;
  const reads = used ? html`used: it reads ${names.join(', ')} by ${how}` : 'not used';
  return html`<p class="note">Embedding channel (its logit is one more signal): it changes the log-loss of logistic
regression by ${signed(difference)} ± ${fixed(standardError, 4)}, so it is ${reads}.</p>`;
}

/** Whether each model and task gets a recalibration of its own. */
function linesWords({ selection: { slices } }: ReportData): Html | null {
  if (slices === undefined || slices.length === 0) return null;
  const chosen = slices.find((candidate) => candidate.chosen)!;
  return html`<p class="note">Recalibration for each model and task (a line on the logit, with partial pooling): ${
    chosen.strength === null
      ? 'not used, because it would not lower the log-loss by more than one standard error'
      : `used; it changes the log-loss by ${signed(chosen.difference)}`
  }.</p>`;
}

/** A table of what was tried, with the differences from the best one. */
export function candidates(title: string, rows: readonly Candidate[]): Html {
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
        content: (row) => html`${recipeWords(row.name)}${row.chosen && html` <mark class="good">chosen</mark>`}`,
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
