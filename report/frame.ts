import { createHash } from 'node:crypto';
import { type Html, html, type Part, trusted } from './markup.js';
import { style } from './style.js';

interface PageHead {
  title: string;
  /** Version of vouch. */
  vouch: string;
  /** The page's own script; none if absent. */
  script?: string;
}

/**
 * A page that loads nothing else. Its content security policy forbids every request and every script but its own, so
 * text from the data cannot make a request or run.
 */
export function pageOf({ title, vouch, script }: PageHead, main: Part): string {
  const own =
    script === undefined ? '' : ` script-src 'sha256-${createHash('sha256').update(script).digest('base64')}';`;
  const policy = `default-src 'none'; style-src 'unsafe-inline';${own} base-uri 'none'; form-action 'none'`;
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${trusted(policy)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="vouch ${vouch}">
<title>${title}</title>
<style>${trusted(style)}</style>
</head>
<body>
<main>
${main}
</main>
${script !== undefined && html`<script>${trusted(script)}</script>\n`}</body>
</html>
`;
  return page.markup;
}

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
