import { type Html, html, type Part, trusted } from '../../report/markup.js';
import type { Database } from '../../store/schema.js';
import type { Asked, Setting } from '../asked.js';
import { toneOf } from '../charts/stack-chart.js';
import type { BundleFacts } from '../read/bundle-facts.js';
import { PERIODS } from '../read/period.js';

/** What a page needs. */
export interface PageInput {
  db: Database;
  setting: Setting;
  asked: Asked;
  /** The bundle in use; null while it is being replaced. */
  bundle(): Promise<BundleFacts | null>;
}

/** A page: its heading and its content. */
export interface Page {
  title: string;
  /** Draws the content. Errors: STORE_BAD, STORE_UNAVAILABLE. */
  draw(input: PageInput): Promise<Part>;
}

/** Links to other periods. */
export function periodLinks({ setting, asked }: PageInput, days: number): Html {
  const links = PERIODS.map((each) => {
    const current = each === days ? trusted(' aria-current="true"') : '';
    const label = each === 1 ? '24 hours' : each === 365 ? '1 year' : `${each} days`;
    return html`<a href="${setting.base}/${asked.page}?days=${each}"${current}>${label}</a>`;
  });
  return html`<nav class="periods" aria-label="Period">${links}</nav>`;
}

/** What the colours of a stacked chart mean. */
export function legend(parts: readonly string[]): Html {
  return html`<ul class="legend">${parts.map(
    (part) => html`<li><span class="key ${toneOf(part, parts)}"></span>${part}</li>`,
  )}</ul>`;
}

/** Numbers with their names, in a row. */
export function tiles(all: readonly { name: Part; value: Part; note: Part }[]): Html {
  const drawn = all.map(
    ({ name, value, note }) =>
      html`<div class="tile"><dt>${name}</dt><dd><b>${value}</b><span>${note}</span></dd></div>`,
  );
  return html`<dl class="tiles${all.length === 2 && ' two'}">${drawn}</dl>`;
}

/** A line of shell to copy. */
export function shell(line: string): Html {
  return html`<pre tabindex="0">${line}</pre>`;
}
