import { table } from '../frame.js';
import { type Html, html } from '../markup.js';
import { chosenPercent, count, cutoff, fixed, percent, shortened } from '../numbers.js';
import type { CertifiedThreshold, ReportData } from '../results.js';
import { basisWords, patternWords } from '../words.js';

/** A table of all claims; null if there is only one, because the headline already states it. */
export function thresholdTable(data: ReportData): Html | null {
  if (data.thresholds.length < 2) return null;
  const kind = data.thresholds.some(({ slice }) => slice !== undefined) ? 'slice' : 'pattern';
  const caption = kind === 'slice' ? 'Each slice has its own claim' : 'Each pattern of signals has its own claim';
  const other =
    kind === 'slice' ? 'An answer of another slice' : 'An answer whose signals match none of these patterns';
  return html`${claimTable(caption, data.thresholds)}
<p class="note">${together(data.thresholds, data.options)} ${other} gets a probability but no decision.</p>`;
}

/** The confidence of several claims together, and of each claim alone. */
export function together(claims: readonly CertifiedThreshold[], options: Record<string, unknown>): string {
  const { delta } = claims[0];
  const all = 1 - delta * claims.length;
  if (options.simultaneous === true)
    return `All ${count(claims.length)} claims hold together with ${chosenPercent(all)} confidence.`;
  const least =
    all > 0
      ? `all ${count(claims.length)} hold together with at least ${chosenPercent(all)} confidence`
      : `no confidence can be stated for all ${count(claims.length)} together`;
  return (
    `Each claim holds on its own with ${chosenPercent(1 - delta)} confidence; ${least}. ` +
    `Of many such claims, up to ${chosenPercent(delta)} may fail.`
  );
}

/** A table with one claim per row. */
export function claimTable(caption: string, claims: readonly CertifiedThreshold[]): Html {
  return table(
    caption,
    [
      {
        head: 'Answers with',
        content: (t) =>
          html`${t.slice === undefined ? patternWords(t.pattern) : shortened(t.slice)}
<small><code>${t.pattern}</code></small>`,
      },
      { head: 'Certified on', content: (t) => basisWords[t.basis] },
      { head: 'Errors at most', kind: 'number', content: (t) => chosenPercent(t.alpha) },
      { head: 'Confidence', kind: 'number', content: (t) => chosenPercent(1 - t.delta) },
      {
        head: 'Accept at',
        kind: 'number',
        content: (t) => (t.threshold === null ? 'not certified' : `≥ ${cutoff(t.threshold)}`),
      },
      { head: 'Accepted', kind: 'number', content: (t) => (t.threshold === null ? fixed(null) : percent(t.coverage)) },
      { head: 'Wrong among them', kind: 'number', content: (t) => percent(t.error) },
      { head: 'Answers', kind: 'number', content: (t) => count(t.n) },
      { head: 'Questions', kind: 'number', content: (t) => count(t.groups) },
    ],
    claims,
  );
}
