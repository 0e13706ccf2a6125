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
 * key for them, and one that no passage supports or contradicts none for `grounded`. `trace`: where the scores come
 * from, if each row is to say so.
 */
export function linesOf(rows: Score[], trace?: Trace): string {
  let text = '';
  for (const row of rows) {
    // one literal: joined from several objects, a line takes three times as long
    const said = {
      id: row.id,
      probability: shortest(row.probability),
      decision: row.decision,
      why: row.why,
      missing: row.missing,
      pattern: row.pattern,
      claim: row.claim,
      bundle: row.bundle,
      basis: row.basis,
      promise: row.promise,
      logit: shortest(row.logit),
      low: shortest(row.low),
      high: shortest(row.high),
      shift: shortest(row.shift),
      grounded: row.grounded,
      groundedBy: row.groundedBy,
      digest: trace?.digest,
      time: trace?.time,
      reasons: row.reasons,
    };
    text += `${JSON.stringify(said)}\n`;
  }
  return text;
}
