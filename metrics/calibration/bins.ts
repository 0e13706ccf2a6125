import { ascending, tieEnds } from '../ranking/order.js';

/** Default number of bins of every calibration error here. Source: Guo et al. 2017 use 15. */
export const BINS = 15;

/**
 * Bin number of each row, bins of equal width: bin b is (b / count, (b + 1) / count]; a probability of 0 is in the
 * first bin.
 */
export function equalWidthBins(probability: Float64Array, count = BINS): Int32Array {
  return Int32Array.from(probability, (p) => {
    let bin = Math.min(Math.max(Math.ceil(p * count) - 1, 0), count - 1);
    while (bin > 0 && p <= bin / count) bin--;
    while (bin < count - 1 && p > (bin + 1) / count) bin++;
    return bin;
  });
}

/**
 * Bin number of each row, bins of equal mass. Equal probabilities share a bin: it is the one that contains the middle
 * of their run in the cumulative weight. Bins may be empty if there are few distinct values.
 */
export function equalMassBins(probability: Float64Array, weight: Float64Array, count = BINS): Int32Array {
  const order = ascending(probability);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const bins = new Int32Array(order.length);
  let start = 0;
  let before = 0;
  for (const end of tieEnds(probability, order)) {
    let after = before;
    for (let i = start; i < end; i++) after += weight[order[i]];
    const bin = Math.min(Math.floor((count * (before + after)) / 2 / total), count - 1);
    for (; start < end; start++) bins[order[start]] = bin;
    before = after;
  }
  return bins;
}

/** How rows are put into bins: by equal width or by equal mass. */
export type Binning = 'width' | 'mass';

export function binsOf(how: Binning, probability: Float64Array, weight: Float64Array, count = BINS): Int32Array {
  return how === 'width' ? equalWidthBins(probability, count) : equalMassBins(probability, weight, count);
}
