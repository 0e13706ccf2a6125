import { type Html, html, type Part } from '../../markup.js';

/** The mark of a text that nobody stated. */
export const NOT_STATED = html`<em class="empty">not stated</em>`;

/** Names with their values, one per line. */
export function factList(rows: readonly (readonly [name: string, value: Part])[]): Html {
  return html`<dl class="entries">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`;
}
