import type { Score } from '../../scorer.js';
import { type Format, joined } from './format.js';
import { shortest } from './shortest.js';
import type { Trace } from './trace.js';

/** JSON Lines: one object per row, keys in the order of the columns. */
export const jsonLines: Format = {
  endings: ['.jsonl', '.ndjson'],
  open: ({ trace }) => ({
    part: (rows) => new TextEncoder().encode(linesOf(rows, trace)),
    block: joined,
    tail: () => Buffer.alloc(0),
  }),
};

/**
 * The rows as text, with a newline after each. NaN becomes null, because JSON has no NaN. A row without reasons has no
 * key for them. `trace`: where the scores come from, if each row is to say so.
 */
export function linesOf(rows: Score[], trace?: Trace): string {
  let text = '';
  for (const row of rows) {
    const { id, probability, decision, why, missing, pattern, claim, bundle, basis, promise, reasons } = row;
    const said = {
      id,
      probability: shortest(probability),
      decision,
      why,
      missing,
      pattern,
      claim,
      bundle,
      basis,
      promise,
    };
    const { logit, low, high, shift } = row;
    const numbers = { logit: shortest(logit), low: shortest(low), high: shortest(high), shift: shortest(shift) };
    text += `${JSON.stringify({ ...said, ...numbers, ...trace, reasons })}\n`;
  }
  return text;
}
