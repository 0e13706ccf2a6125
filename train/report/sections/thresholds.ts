import type { ReportData } from '../data.js';
import { table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, count, fixed, percent } from '../numbers.js';
import { patternWords } from '../words.js';

/** Every threshold, pattern by pattern; nothing where one pattern's sentence already says it all. */
export function thresholdTable(data: ReportData): Html | null {
  if (data.thresholds.length < 2) return null;
  return html`${table(
    'Each pattern of signals has its own claim',
    [
      { head: 'Answers with', cell: (t) => html`${patternWords(t.pattern)}<small><code>${t.pattern}</code></small>` },
      { head: 'Errors at most', kind: 'number', cell: (t) => chosenPercent(t.alpha) },
      { head: 'Confidence', kind: 'number', cell: (t) => chosenPercent(1 - t.delta) },
      {
        head: 'Accept at',
        kind: 'number',
        cell: (t) => (t.threshold === null ? 'not certified' : `≥ ${fixed(t.threshold, 4)}`),
      },
      { head: 'Accepted', kind: 'number', cell: (t) => (t.threshold === null ? fixed(null) : percent(t.coverage)) },
      { head: 'Wrong among them', kind: 'number', cell: (t) => percent(t.error) },
      { head: 'Answers', kind: 'number', cell: (t) => count(t.n) },
      { head: 'Questions', kind: 'number', cell: (t) => count(t.groups) },
    ],
    data.thresholds,
  )}
<p class="note">An answer whose signals match none of these patterns gets a probability and no decision.</p>`;
}
