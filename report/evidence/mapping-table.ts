import { table } from '../frame.js';
import { type Html, html, type Part } from '../markup.js';
import { type ArtefactKey, artefactOf } from './artefacts.js';
import type { Framework, MappedParagraph } from './framework.js';

/** One framework as a table: each paragraph, what this folder has on it, and what remains. */
export function mappingTable({ id, name, checked, paragraphs }: Framework, present: ReadonlySet<ArtefactKey>): Html {
  return html`<h3 class="after" id="${id}">${name}</h3><p class="note">${checked}</p>
${table(
  name,
  [
    { head: 'Paragraph', content: ({ at }: MappedParagraph) => at },
    { head: 'Asks, in short', content: ({ asks }) => asks },
    { head: 'In this folder', content: ({ by }) => found(by, present) },
    { head: 'Remains with you', content: ({ remains }) => withCode(remains) },
  ],
  paragraphs,
)}`;
}

function found(keys: readonly ArtefactKey[], present: ReadonlySet<ArtefactKey>): Part {
  if (keys.length === 0) return 'nothing';
  return keys.map((key, i) => {
    const { at, title, missing } = artefactOf(key);
    const shown = present.has(key)
      ? html`<a href="${at}">${title}</a>`
      : html`<span class="absent">${title}: not in this folder; ${withCode(missing)}</span>`;
    return html`${i > 0 && html`<br>`}${shown}`;
  });
}

/** A sentence with its options as code, so that they stay on one line. */
function withCode(text: string): Part {
  return text.split(/(--[a-z-]+)/).map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
}
