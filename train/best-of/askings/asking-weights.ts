import { labelledWeight } from '../../certify/common-weight.js';
import type { Asking } from './askings.js';

/**
 * The weight of each asking: that of the labels of its answers, divided by the mean over the askings `rows`; 1 without a
 * labelled answer. Error: BAD_LABEL if the labels of an asking have different weights.
 */
export function askingWeights(askings: readonly Asking[], rows: Int32Array): Float64Array {
  const weight = Float64Array.from(askings, ({ draws, attempts }) => labelledWeight([...draws, ...attempts], 'prompt'));
  const mean = rows.reduce((sum, row) => sum + weight[row], 0) / Math.max(1, rows.length);
  return mean > 0 ? weight.map((each) => each / mean) : weight;
}
