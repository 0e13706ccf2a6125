import { type Html, html, type Part } from './markup.js';

/** A section of the page; its id is where the contents list points. */
export function section(id: string, title: string, body: Part): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>${body}</section>`;
}

/** A chart with its caption under it, or next to it where the chart is alone on a wide page. */
export function figure(title: string, chart: Part, caption: Part, layout: 'under' | 'beside' = 'under'): Html {
  return html`<figure class="${layout}"><h3>${title}</h3>${chart}<figcaption>${caption}</figcaption></figure>`;
}

/** Figures next to each other where there is room. */
export function pair(...figures: Part[]): Html {
  return html`<div class="pair">${figures}</div>`;
}

export interface Column<Row> {
  head: Part;
  /** Numbers are aligned right, with digits of equal width. */
  kind?: 'text' | 'number' | 'picture';
  content: (row: Row) => Part;
}

/**
 * A table in its own box, which scrolls sideways where the table is too wide. The first cell of a row is its header.
 */
export function table<Row>(
  caption: string,
  columns: Column<Row>[],
  rows: readonly Row[],
  rowClass: (row: Row) => string = () => '',
): Html {
  const kind = (column: Column<Row>) => column.kind ?? 'text';
  const head = columns.map((column) =>
    column.head === ''
      ? html`<td class="${kind(column)}"></td>`
      : html`<th scope="col" class="${kind(column)}">${column.head}</th>`,
  );
  return html`<div class="scroll" role="region" tabindex="0" aria-label="${caption}">
<table><caption><span>${caption}</span></caption><thead><tr>${head}</tr></thead><tbody>${rows.map(
    (row) =>
      html`<tr class="${rowClass(row)}">${columns.map((column, k) =>
        k === 0
          ? html`<th scope="row" class="${kind(column)}">${column.content(row)}</th>`
          : html`<td class="${kind(column)}">${column.content(row)}</td>`,
      )}</tr>`,
  )}</tbody></table></div>`;
}

/** Content that is folded until the reader opens it; printing opens it too. */
export function folded(summary: string, body: Part): Html {
  return html`<details><summary>${summary}</summary>${body}</details>`;
}
