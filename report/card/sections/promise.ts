import { section } from '../../frame.js';
import { type Html, html } from '../../markup.js';
import { claimTable, together } from '../../sections/thresholds.js';
import type { CardFacts } from '../facts.js';
import { readingOf } from '../reading.js';

/** What is promised, in plain words, and at which thresholds. */
export function promise({ promises, thresholds, covers, options }: CardFacts): Html {
  return section('promise', 'Thresholds and what they promise', [
    promises.map(
      ({ headline, details }) => html`<h3>${headline}</h3>
${details.length > 0 && html`<ul>${details.map((line) => html`<li>${line}</li>`)}</ul>`}`,
    ),
    thresholds.length > 0 && claimTable('All claims of the manifest', thresholds),
    thresholds.length > 1 && html`<p class="note">${together(thresholds, { ...options })}</p>`,
    covers.acceptsUnseen &&
      html`<p><strong>promise: none</strong> for answers of models that were not in the training data. The people who
trained this bundle asked for decisions on them (<code>--accept-unseen models</code>). No claim covers these.</p>`,
    html`<h3 class="after">How to read it</h3>`,
    readingOf(ofOwn(thresholds)).map(
      ({ opening, text }) => html`<p>${opening !== null && html`<strong>${opening}</strong> `}${text}</p>`,
    ),
  ]);
}

/** Claims on answers with exactly their signals, which are stronger; all if none of these is certified. */
function ofOwn(thresholds: CardFacts['thresholds']): CardFacts['thresholds'] {
  const natural = thresholds.filter(({ basis, threshold }) => basis === 'natural' && threshold !== null);
  return natural.length > 0 ? natural : thresholds;
}
