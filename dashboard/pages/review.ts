import { isObject } from '../../data/check-value.js';
import { fromJsonText } from '../../data/read/formats/stored/json-text.js';
import { type Html, html, type Part } from '../../report/markup.js';
import { shortened } from '../../report/numbers.js';
import { VouchError } from '../../support/errors.js';
import { thousands } from '../../support/words/thousands.js';
import { queueIds } from '../read/queue.js';
import { type Queued, queuedAnswers, type Shown, shownAnswer } from '../read/waiting.js';
import type { Page, PageInput } from './page.js';

/** What a reviewer can say, the key for it, and the words on the button. */
const VERDICTS = [
  { verdict: 'right', key: 'r', label: 'Right' },
  { verdict: 'wrong', key: 'w', label: 'Wrong' },
  { verdict: 'cannot decide', key: 'c', label: 'Cannot decide' },
] as const;

/** The answers of the queue one by one, to be labelled. */
export const review: Page = {
  title: 'Review',
  draw: async (input) => {
    const { db, setting, asked } = input;
    if (setting.queue === null) {
      return html`<p>The service was started without <code>--review-queue</code>.
<a href="${setting.base}/feedback#queue">How to get a queue</a></p>`;
    }
    try {
      const ids = await queueIds(setting.queue);
      if (ids === null) {
        return html`<p>There is no queue yet. <a href="${setting.base}/feedback#queue">How to get a queue</a></p>`;
      }
      const answers = await queuedAnswers(db, ids, asked.tenant);
      return await one(input, answers);
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      return html`<p class="alarm">${error.message}</p>`;
    }
  },
};

async function one({ db, setting, asked }: PageInput, answers: readonly Queued[]): Promise<Part> {
  const { base } = setting;
  const { id: wanted, after, saved, verdict } = asked.query;
  const told =
    saved === undefined
      ? null
      : html`<p class="told" role="status">Saved: ${verdict ?? 'label'} for ${shortened(saved, 60)}.
<a href="${base}/review?id=${encodeURIComponent(saved)}">Look at it again</a></p>`;
  const from = after === undefined ? 0 : answers.findIndex(({ id }) => id === after) + 1;
  const waits = ({ said }: Queued) => said.length === 0;
  const next = answers.slice(from).find(waits) ?? answers.find((each) => waits(each) && each.id !== after);
  const answer = wanted === undefined ? next : answers.find(({ id }) => id === wanted);
  if (answer === undefined) {
    const done = answers.length === 0 ? 'No answer of the queue is in the store.' : 'No answer waits for a label.';
    return [told, html`<p>${done} <a href="${base}/feedback#queue">To the queue</a></p>`];
  }
  const shown = await shownAnswer(db, answer.seq);
  const waiting = answers.filter(waits).length;
  return [
    told,
    html`<p class="note">${thousands(waiting)} of ${thousands(answers.length)} wait. The probability is not shown, so that it
does not influence you.</p>`,
    about(answer, shown),
    texts(shown),
    verdicts(base, answer),
    html`<p><a href="${base}/review?after=${encodeURIComponent(answer.id)}" data-key="s" aria-keyshortcuts="s">Skip to the
next answer<kbd aria-hidden="true">s</kbd></a></p>
<p hidden><label><input type="checkbox" id="keys" checked> Keys r, w, c and s work on this page</label></p>`,
  ];
}

function about({ id, said }: Queued, shown: Shown | undefined): Html {
  const words = said.map((label) => (label === null ? 'cannot decide' : label > 0.5 ? 'right' : 'wrong'));
  return html`<h2 id="answer-title">Answer ${shortened(id, 80)}</h2>
<p class="note">${shown?.model ?? 'no model'} · ${shown?.task ?? 'no task'} ·
${shown === undefined ? '' : new Date(shown.time).toISOString().slice(0, 16).replace('T', ' ')} UTC</p>${
    words.length > 0 &&
    html`<p class="told">Reviewed before: ${words.join(', ')}. A different label does not replace the earlier one: both count,
and the store marks the contradiction.</p>`
  }`;
}

function texts(shown: Shown | undefined): Part {
  if (shown === undefined) return null;
  if (shown.answer === null) {
    const why =
      shown.redacted === 1
        ? 'The text of this answer was deleted.'
        : 'The store has no text of this answer: start the service with --store-texts to keep texts.';
    return html`<p class="alarm">${why} Look it up by its id in your own logs.</p>`;
  }
  return [
    html`<h3>Prompt</h3>`,
    shown.prompt === null ? html`<p class="empty">No prompt is stored.</p>` : turns(shown.prompt),
    html`<h3>Answer</h3><div class="stored answer" tabindex="0" role="group" aria-label="Answer">${
      shown.answer === '' ? '(empty)' : shown.answer
    }</div>`,
  ];
}

/** A prompt, or its messages: the store keeps these as JSON. */
function turns(prompt: string): Part {
  const value = fromJsonText(prompt);
  const all = Array.isArray(value) && value.length > 0 && value.every((each) => isObject(each)) ? value : null;
  const block = (role: string, text: string) =>
    html`<div class="stored role" tabindex="0" role="group" aria-label="${role}"><b>${role}</b>${text}</div>`;
  if (all === null) return block('prompt', prompt);
  return all.map((turn) => {
    const { role, content } = turn as { role?: unknown; content?: unknown };
    return block(String(role ?? 'message'), typeof content === 'string' ? content : JSON.stringify(content ?? ''));
  });
}

function verdicts(base: string, { id, tenant }: Queued): Html {
  return html`<div class="verdicts" role="group" aria-label="Is the answer right?">${VERDICTS.map(
    ({ verdict, key, label }) => html`<form method="post" action="${base}/review">
<input type="hidden" name="id" value="${id}"><input type="hidden" name="tenant" value="${tenant}">
<button name="verdict" value="${verdict}" data-key="${key}" aria-keyshortcuts="${key}">${label}<kbd
aria-hidden="true">${key}</kbd></button></form>`,
  )}</div>`;
}
