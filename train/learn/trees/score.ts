import type { Histograms } from './histograms.js';

/**
 * Scores of all questions to one column, bin by bin: Σ over both sides of all leaves of g²/(h + l2). This is twice the
 * reduction of the loss by a Newton step in every new leaf. Leaves without rows have no sums and add nothing. Source:
 * Chen & Guestrin 2016, eq. 7. `scores` is overwritten.
 */
export function scoreColumn(
  { sums, start }: Histograms,
  counts: Int32Array,
  f: number,
  bins: number,
  leaves: number,
  l2: number,
  scores: Float64Array,
): void {
  scores.fill(0, 0, bins);
  for (let leaf = 0; leaf < leaves; leaf++) if (counts[leaf] > 0) addLeaf(sums, start(f, leaf), bins, l2, scores);
}

function addLeaf(sums: Float64Array, base: number, bins: number, l2: number, scores: Float64Array): void {
  let restG = 0;
  let restH = 0;
  for (let b = 0; b <= bins; b++) {
    restG += sums[base + 2 * b];
    restH += sums[base + 2 * b + 1];
  }
  let g = 0;
  let h = 0;
  for (let b = 0; b < bins; b++) {
    const ownG = sums[base + 2 * b];
    const ownH = sums[base + 2 * b + 1];
    g += ownG;
    h += ownH;
    restG -= ownG;
    restH -= ownH;
    scores[b] += (g * g) / (h + l2) + (restG * restG) / (restH + l2);
  }
}
