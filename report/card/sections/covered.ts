import { section } from '../../frame.js';
import { type Html, html, type Part } from '../../markup.js';
import { claimWords } from '../../words.js';
import type { CardFacts } from '../facts.js';
import { factList } from './fact-list.js';

/** The most names in a list; the manifest has all of them. */
const NAMES = 60;

/** For which answers the bundle decides, and for which it gives a probability and no decision. */
export function covered({ covers, thresholds }: CardFacts): Html {
  const decides = thresholds.filter(({ threshold }) => threshold !== null);
  const signals = [...new Set(decides.flatMap((each) => each.signals))];
  const rows: [string, Part][] = [
    ['Models', names(covers.models)],
    ['Tasks', names(covers.tasks)],
    [
      'Signals',
      decides.length === 0
        ? 'none: no claim is certified, so no answer is accepted under a promise'
        : decides.map((each, i) => html`${i > 0 && '; '}answers with ${claimWords({ ...each })}`),
    ],
    ...(signals.length === 0 ? [] : [['Signals that must be there', names(signals)] as [string, Part]]),
    ['Fields that must be there', names(covers.fields, 'none')],
    ...(covers.sliceBy.length === 0 ? [] : [['Slices', `by ${covers.sliceBy.join(', ')}`] as [string, Part]]),
    ['Languages', html`not recorded <small>(vouch does not detect languages)</small>`],
  ];
  return section('covered', 'Who is covered, and who is not', [
    html`<h3>Covered</h3>`,
    factList(rows),
    html`<h3 class="after">Not covered: these answers get a probability and no decision</h3>`,
    html`<ul>${uncovered(covers.acceptsUnseen).map((line) => html`<li>${line}</li>`)}</ul>`,
    html`<p class="note">Nobody checked whether the training answers represent all people who use the system. Quality by
model and task is in the report; groups of people are known only where answers name them in a field.</p>`,
  ]);
}

function uncovered(acceptsUnseen: boolean): string[] {
  return [
    acceptsUnseen
      ? 'answers of a model that is not listed: they are decided, but without any promise'
      : 'answers of a model that is not listed (unseen model)',
    'answers to a task that is not listed (unseen task)',
    'answers that are unlike the training answers (shifted)',
    'answers without a field or a signal that must be there',
    'answers with other signals than those listed, or of another slice',
    'answers that were reached because of an earlier score, for example after an escalation (selected)',
    'replies without an answer, for example tool calls',
  ];
}

function names(list: readonly string[] | null, none = 'none is named in the training answers'): Part {
  if (list === null) return 'not recorded in this bundle';
  if (list.length === 0) return none;
  const shown = list.slice(0, NAMES).map((name, i) => html`${i > 0 && ', '}<code>${name}</code>`);
  return list.length > NAMES ? [shown, ` and ${list.length - NAMES} more`] : shown;
}
