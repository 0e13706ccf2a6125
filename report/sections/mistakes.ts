import { plural } from '../../support/words/plural.js';
import { type Column, folded, section, table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { count, fixed, percent, shortened, signed } from '../numbers.js';
import type { Mistake, ReportData } from '../results.js';

type Reason = Mistake['reasons'][number];

/** Mistakes of each kind that are shown unfolded. */
const SHOWN = 6;

/**
 * The certify answers on which vouch was most confident and wrong, by id, with the signals that had the most effect.
 */
export function mistakes({ mistakes: found }: Pick<ReportData, 'mistakes'>): Html | null {
  if (found === undefined) return null;
  const { wrong, right } = found;
  if (wrong.length + right.length === 0)
    return section(
      'mistakes',
      'The most confident mistakes',
      html`<p class="empty">No labelled answer could be tested.</p>`,
    );
  return section('mistakes', 'The most confident mistakes', [
    html`<p>${verdict(wrong, right)}</p>`,
    part('Wrong, with the highest probability', wrong),
    part('Right, with the lowest probability', right),
    html`<p class="note">Effect: what a signal adds to the logit before calibration, compared with a typical answer; the
strongest effects come first. +0.69 doubles the odds that the answer is right, −0.69 halves them. Effects are exact for
the
linear parts and the trees, and approximate for networks (rescale rule). They show what the predictor used, not what
caused
the mistake. The name of each signal is in report.json and appears when you point at
its description.</p>`,
  ]);
}

function verdict([wrong]: Mistake[], [right]: Mistake[]): string {
  const parts = [
    wrong && `The wrong answer with the highest probability got ${percent(wrong.probability)}.`,
    right && `The right answer with the lowest probability got ${percent(right.probability)}.`,
    'Look at these answers first: in each case, either the predictor or the label is wrong.',
  ];
  return parts.filter(Boolean).join(' ');
}

function part(title: string, rows: Mistake[]): Html | null {
  if (rows.length === 0) return null;
  const rest = rows.slice(SHOWN);
  return html`${table(title, columns, rows.slice(0, SHOWN))}${
    rest.length > 0 && folded(`The next ${count(rest.length)}`, table(`${title}: the next`, columns, rest))
  }`;
}

const columns: Column<Mistake>[] = [
  {
    head: 'Answer',
    content: ({ id, model, task, texts }) =>
      html`<code title="${id}">${shortened(id, 60)}</code>
<small>${shortened([model, task].filter(Boolean).join(' · '), 60)}</small>${texts !== undefined && quoted(texts)}`,
  },
  { head: 'Probability', kind: 'number', content: ({ probability }) => fixed(probability) },
  {
    head: 'Strongest effects',
    content: ({ reasons }) => reasons.map((reason, k) => [k > 0 && html`<br>`, effectOf(reason)]),
  },
];

function effectOf({ signal, effect, plain }: Reason): Html {
  return html`<span class="pull">${signed(effect, 2)}</span> <span title="${signal}">${shortened(plain, 120)}</span>`;
}

/** Question and answer, cut at the end. */
function quoted({ question, answer }: NonNullable<Mistake['texts']>): Html {
  const part = (name: string, text: string) =>
    html`<dt>${name}</dt><dd>${text === '' ? html`<i>empty</i>` : shortened(text, 300)}</dd>`;
  return html`<dl class="texts">${part('Question', question)}${part('Answer', answer)}</dl>`;
}

/** How many questions and answers a report contains, as a sentence; null if none. */
export function textsNote(found: ReportData['mistakes']): string | null {
  const all = [...(found?.wrong ?? []), ...(found?.right ?? [])].filter(({ texts }) => texts !== undefined);
  if (all.length === 0) return null;
  return (
    `This report contains texts: question and answer of ${plural(all.length, 'mistake')} (--report-texts). ` +
    'Share it only with people who may read them.'
  );
}
