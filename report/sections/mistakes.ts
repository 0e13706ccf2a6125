import { type Column, folded, section, table } from '../frame.js';
import { breakable, type Html, html } from '../markup.js';
import { count, fixed, percent, shortened, signed } from '../numbers.js';
import type { Mistake, ReportData } from '../results.js';

type Reason = Mistake['reasons'][number];

/** Mistakes of each kind shown openly. */
const SHOWN = 6;

/** The certify answers it was surest of and wrong about, by id, and what pulled their probabilities. */
export function mistakes({ mistakes: found }: ReportData): Html | null {
  if (found === undefined) return null;
  const { wrong, right } = found;
  if (wrong.length + right.length === 0)
    return section(
      'mistakes',
      'The surest mistakes',
      html`<p class="empty">No answer that could be judged is labelled.</p>`,
    );
  return section('mistakes', 'The surest mistakes', [
    html`<p>${verdict(wrong, right)}</p>`,
    part('Wrong, with the highest probability', wrong),
    part('Right, with the lowest probability', right),
    html`<p class="note">Pull: what a signal adds to the logit of the probability before calibration, against a typical answer (+0.69 doubles the odds of right, −0.69 halves them), the strongest first. Exact for the linear parts and the trees, by the rescale rule for networks; an effect tells what the predictor used, not what caused the mistake. Words: the text channel, with its logit.</p>`,
  ]);
}

function verdict([wrong]: Mistake[], [right]: Mistake[]): string {
  const parts = [
    wrong && `The wrong answer it trusted most got ${percent(wrong.probability)}`,
    right && `${wrong ? 'the' : 'The'} right one it trusted least ${wrong ? '' : 'got '}${percent(right.probability)}`,
  ];
  return `${parts.filter(Boolean).join(', ')}. Look at these first: each is an error of the predictor, or a label that is not true.`;
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
    content: ({ id, model, task }) =>
      html`<code title="${id}">${shortened(id, 60)}</code><small>${shortened([model, task].filter(Boolean).join(' · '), 60)}</small>`,
  },
  { head: 'Probability', kind: 'number', content: ({ probability }) => fixed(probability) },
  { head: 'What pulled it', content: ({ reasons }) => reasons.map((reason, k) => [k > 0 && html`<br>`, pull(reason)]) },
];

function pull({ signal, value, effect }: Reason): Html {
  return html`<span class="pull">${signed(effect, 2)}</span> <code>${breakable(shortened(signal, 60))}</code> <small class="was">${said(value)}</small>`;
}

function said(value: Reason['value']): string {
  if (value === null) return 'missing or unseen';
  return typeof value === 'string' ? shortened(value, 40) : `= ${`${Number(value.toPrecision(3))}`.replace('-', '−')}`;
}
