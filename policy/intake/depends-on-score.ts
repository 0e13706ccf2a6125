import { descending, tieEnds } from '../../metrics/ranking/order.js';
import { normalCdf } from '../../metrics/special/normal.js';
import { VouchError } from '../../support/errors.js';

/** With a p-value below this, what is missing depends on the score. */
const LEVEL = 1e-3;
/** The fewest cases on each side for a test. */
const LEAST = 20;

/**
 * Whether questions that lack a stage have other probabilities than complete ones, by the rank-sum test (Mann & Whitney
 * 1947, normal approximation with ties; two-sided). NaN with too few cases. Both probabilities are held out.
 */
export function rankSumTest(complete: Float64Array, incomplete: Float64Array): number {
  const [a, b] = [complete, incomplete].map((values) => values.filter((p) => !Number.isNaN(p)));
  if (a.length < LEAST || b.length < LEAST) return Number.NaN;
  const all = Float64Array.from([...a, ...b]);
  const n = all.length;
  const order = descending(all);
  let [ranks, ties, start] = [0, 0, 0];
  for (const end of tieEnds(all, order)) {
    const rank = (start + 1 + end) / 2;
    for (let i = start; i < end; i++) if (order[i] < a.length) ranks += rank;
    ties += (end - start) ** 3 - (end - start);
    start = end;
  }
  const mean = (a.length * (n + 1)) / 2;
  const variance = ((a.length * b.length) / 12) * (n + 1 - ties / (n * (n - 1)));
  return variance === 0 ? 1 : 2 * normalCdf(-Math.abs(ranks - mean) / Math.sqrt(variance));
}

/** Refuses a log in which what is missing depends on the score. Error: SELECTED_LOG. */
export function refuseSelected(complete: Float64Array, incomplete: Float64Array, field: string): void {
  const pvalue = rankSumTest(complete, incomplete);
  if (!(pvalue < LEVEL)) return;
  throw new VouchError('SELECTED_LOG', 'the questions that lack a stage have other scores than the complete ones', {
    expected: `the same scores, or the chance of buying in the field ${field}`,
    got: `p = ${pvalue.toPrecision(2)}`,
    hint: 'It seems that a stage was bought because of a score. Log every stage for a random share of the questions.',
  });
}
