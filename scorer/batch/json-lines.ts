import type { Score } from '../open.js';
import type { Format } from './format.js';
import { shortest } from './shortest.js';

/** JSON Lines: one object a row, keys in the order of the columns. */
export const jsonLines: Format = {
  endings: ['.jsonl', '.ndjson'],
  open: () => ({
    block: (rows) => Buffer.from(linesOf(rows)),
    tail: () => Buffer.alloc(0),
  }),
};

/** The rows as text, a newline after each. Not-a-number becomes null, as JSON has it. */
export function linesOf(rows: Score[]): string {
  let text = '';
  for (const { id, probability, decision, logit, pattern } of rows) {
    text += `${JSON.stringify({ id, probability: shortest(probability), decision, logit: shortest(logit), pattern })}\n`;
  }
  return text;
}
