import type { Score } from '../open.js';
import { type Format, joined } from './format.js';
import { shortest } from './shortest.js';

/** JSON Lines: one object a row, keys in the order of the columns. */
export const jsonLines: Format = {
  endings: ['.jsonl', '.ndjson'],
  open: () => ({
    part: (rows) => new TextEncoder().encode(linesOf(rows)),
    block: joined,
    tail: () => Buffer.alloc(0),
  }),
};

/** The rows as text, a newline after each. Not-a-number becomes null, as JSON has it; no reasons, no key for them. */
export function linesOf(rows: Score[]): string {
  let text = '';
  for (const { id, probability, decision, logit, pattern, low, high, shift, why, reasons } of rows) {
    const numbers = { low: shortest(low), high: shortest(high), shift: shortest(shift) };
    const row = { id, probability: shortest(probability), decision, logit: shortest(logit), pattern, ...numbers, why };
    text += `${JSON.stringify({ ...row, reasons })}\n`;
  }
  return text;
}
