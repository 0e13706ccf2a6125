import { platt } from '../../models/calibrators/platt.js';
import { logit } from '../../models/numbers.js';

/** A line on the logit. */
export interface Line {
  a: number;
  b: number;
}

/** The fewest cases for a line of its own. */
const LEAST = 50;

/**
 * Platt scaling of the returned answer's probability at one state, on out-of-fold probabilities. The best of several
 * answers looks better than it is, because its probability is the highest one; the line takes that back.
 */
export function stateLine(p: Float64Array, y: Float64Array, weight: Float64Array): Line {
  const rows = Int32Array.from([...p.keys()].filter((i) => p[i] >= 0));
  if (rows.length < LEAST) return { a: 1, b: 0 };
  const of = (values: Float64Array) => Float64Array.from(rows, (i) => values[i]);
  const [a, b] = platt.fit(of(p).map(logit), of(y), of(weight));
  return { a, b };
}
