import type { Score } from '../../scorer.js';
import { type Format, joined } from './format.js';
import { shortest } from './shortest.js';

/** JSON Lines: one object per row, keys in the order of the columns. */
export const jsonLines: Format = {
  endings: ['.jsonl', '.ndjson'],
  open: () => ({
    part: (rows) => new TextEncoder().encode(linesOf(rows)),
    block: joined,
    tail: () => Buffer.alloc(0),
  }),
};

/**
 * The rows as text, with a newline after each. NaN becomes null, because JSON has no NaN. A row without reasons has no
 * key for them.
 */
export function linesOf(rows: Score[]): string {
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
    text += `${JSON.stringify({ ...said, ...numbers, reasons })}\n`;
  }
  return text;
}
