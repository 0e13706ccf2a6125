import { plural } from '../../support/words/plural.js';
import { section } from '../frame.js';
import { measuredOn } from '../judged-on.js';
import { type Html, html } from '../markup.js';
import { count, fixed, percent } from '../numbers.js';
import type { ReportData } from '../results.js';
import { capital } from '../words.js';

/** The parts of the data, as widths of a bar, and what each part was used for. */
export function parts(data: ReportData): Html {
  const total = data.parts.reduce((sum, { rows }) => sum + rows, 0);
  if (total === 0)
    return section('parts', 'What the data was used for', html`<p class="empty">No parts were recorded.</p>`);
  return section('parts', 'What the data was used for', [
    html`<p>${howWords(data)}</p>`,
    html`<div class="parts">${data.parts.map(
      ({ name, rows, groups, right, usedFor }) =>
        html`<div class="part ${name}" style="--share:${fixed((100 * rows) / total, 2)}">
<h3>${name} <small>${percent(rows / data.data.labelled)} of answers</small></h3>
<p>${plural(rows, 'answer')}, ${plural(groups, 'question')}, ${percent(right)}
right</p><p>${capital(usedFor)}</p></div>`,
    )}</div>`,
    data.judged?.how !== 'cross' &&
      html`<p class="note">${count(data.parts.length)} parts, ${plural(total, 'answer')} in all.
The certify part was not used for any choice.</p>`,
  ]);
}

function howWords(data: ReportData): string {
  const all = `${plural(data.data.labelled, 'answer')} with labels to ${plural(data.data.groups, 'question')}`;
  if (data.judged?.how === 'cross') {
    return [
      `${all} are used for training and for testing (nested cross-fitting).`,
      `They are divided by question into ${data.judged.folds} folds.`,
      'For each fold, the whole training is repeated without it, and the resulting predictor scores the answers of ' +
        'that fold.',
      measuredOn(data),
    ].join(' ');
  }
  const by = data.options.split === 'time' ? 'question and time (the latest questions certify)' : 'question, at random';
  return [`${all} were split by ${by}: all answers to one question are in one part.`, measuredOn(data) ?? ''].join(' ');
}
