import { maxOf } from '../../support/extremes.js';
import { plural } from '../../support/words/plural.js';
import { table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, count, interval, NONE, percent } from '../numbers.js';
import { scale, strip } from '../strip.js';
import type { PromiseVerdict } from './results.js';
import { neededWords, subjectWords, verdictWords } from './words.js';

/** One row per promise: what was promised, what was seen, and the verdict. */
export function verdictTable(promises: readonly PromiseVerdict[], caption: string): Html {
  const ends = promises.flatMap(({ alpha, error }) => [1.3 * alpha, error.value ?? 0, Math.min(error.high ?? 0, 0.6)]);
  const at = scale(0, maxOf(ends));
  return html`<div class="compare">${table(
    caption,
    [
      { head: 'Answers', content: (promise) => subjectWords(promise) },
      { head: 'Verdict', content: mark },
      {
        head: 'Wrong of accepted',
        kind: 'number',
        content: ({ error }) => html`${percent(error.value)}<small>${interval(error, percent)}</small>`,
      },
      { head: '', kind: 'picture', content: (promise) => picture(promise, at) },
      {
        head: 'Promised',
        kind: 'number',
        content: ({ alpha, delta }) =>
          html`≤ ${chosenPercent(alpha)}<small>${chosenPercent(1 - delta)} confidence</small>`,
      },
      {
        head: 'Accepted',
        kind: 'number',
        content: ({ accepted, acceptedGroups }) =>
          html`${count(accepted)}<small>${plural(acceptedGroups, 'question')}</small>`,
      },
      {
        head: 'Labels to decide',
        kind: 'number',
        content: ({ verdict, needed }) => (verdict !== 'cannot tell' || needed === null ? NONE : count(needed.answers)),
      },
    ],
    promises,
  )}</div>`;
}

/** The verdict as a coloured word; the word alone says it too. */
function mark({ verdict }: Pick<PromiseVerdict, 'verdict'>): Html {
  const tone = { kept: 'good', broken: 'bad', 'cannot tell': '' }[verdict];
  return html`<mark class="${tone}">${verdictWords[verdict]}</mark>`;
}

function picture({ alpha, error, verdict }: PromiseVerdict, at: ReturnType<typeof scale>): Html {
  const tone = verdict === 'broken' ? 'wrong' : verdict === 'kept' ? 'vouch' : 'muted';
  return strip(at, [
    { kind: 'span', from: error.low, to: error.high, tone },
    { kind: 'tick', at: alpha, tone: 'ink' },
    { kind: 'dot', at: error.value, tone },
  ]);
}

/** The sentence on labels for the promises that cannot be judged yet, one per promise. */
export function neededList(promises: readonly PromiseVerdict[]): Html | null {
  const open = promises.filter(({ needed }) => needed !== null);
  if (open.length === 0) return null;
  const name = (promise: PromiseVerdict) => (promises.length === 1 ? '' : `${subjectWords(promise)}: `);
  return html`${open.map((promise) => html`<p class="lead">${name(promise)}${neededWords(promise)}</p>`)}`;
}
