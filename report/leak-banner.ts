import { type Html, html } from './markup.js';
import type { ReportData } from './results.js';
import { leakNotes } from './suspect-notes.js';

/** The alarm at the top of the page if a signal alone gives the label away; null if none does. */
export function leakBanner({ suspects }: ReportData): Html | null {
  const notes = leakNotes(suspects?.leaks ?? []);
  if (notes.length === 0) return null;
  return html`<div class="alarm" role="note">
<p><strong>Leak alarm</strong> <a href="#suspects">see the signals</a></p>${notes.map((note) => html`<p>${note}</p>`)}
</div>`;
}
