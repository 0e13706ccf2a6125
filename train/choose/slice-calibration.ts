import { applySliceLines, type SliceLines, sliceLinesFitter } from '../../models/calibrators/slice-lines.js';
import type { Logits } from '../../models/numbers.js';
import type { SliceCandidate } from '../../report/results.js';
import { minOf } from '../../support/extremes.js';
import { pick } from '../../support/pick.js';
import type { TrainingData } from '../prepare/training-data.js';
import { foldPlaces } from './fold-places.js';
import { clusteredMean, rowLosses, weightedMean } from './select.js';

export interface ChosenSliceLines {
  /** Null if lines per slice do not lower the loss, or if there is only one slice. */
  sliceLines: SliceLines | null;
  /**
   * The logits from which the calibrator and the thresholds are chosen: each row's logit, after lines that were fitted
   * on the other folds. Unchanged if `sliceLines` is null.
   */
  logits: Logits;
  candidates: SliceCandidate[];
}

interface SliceLinesOptions {
  data: TrainingData;
  rows: Int32Array;
  fold: Int32Array;
  logits: Logits;
  slices: { slice: Int32Array; count: number };
  strengths: number[];
}

/**
 * Chooses lines per (model, task) by cross-validated log-loss on out-of-fold logits, with folds by question. `slice` is
 * the index of each row's slice, below `count`; −1 for none. The strength with the lowest loss is chosen only if it is
 * better, by one paired standard error clustered by question, than both no line and one line for all slices.
 */
export function chooseSliceLines({
  data,
  rows,
  fold,
  logits,
  slices: { slice, count },
  strengths,
}: SliceLinesOptions): ChosenSliceLines {
  const y = pick(data.y, rows);
  const w = pick(data.w, rows);
  if (new Set(slice).size < 2) return { sliceLines: null, logits, candidates: [] };
  const tried: { strength: number | null; logits: Logits }[] = [
    { strength: null, logits },
    ...[Number.POSITIVE_INFINITY, ...strengths].map((strength) => ({
      strength,
      logits: new Float64Array(rows.length),
    })),
  ];
  for (const { inside, heldOut } of foldPlaces(fold)) {
    const sliceIn = inside.map((i) => slice[i]);
    const sliceOut = heldOut.map((i) => slice[i]);
    const fitAt = sliceLinesFitter(pick(logits, inside), pick(y, inside), pick(w, inside), sliceIn, count);
    const zHeld = pick(logits, heldOut);
    for (const each of tried) {
      if (each.strength === null) continue;
      const z = applySliceLines(fitAt(each.strength), zHeld, sliceOut);
      heldOut.forEach((i, at) => {
        each.logits[i] = z[at];
      });
    }
  }
  const losses = tried.map((each) => rowLosses(data, rows, each.logits));
  const means = losses.map((loss) => weightedMean(data, rows, loss));
  const reference = means[1] < means[0] ? 1 : 0;
  const candidates = tried.map(({ strength }, at): SliceCandidate => {
    const gap = losses[at].map((loss, i) => loss - losses[reference][i]);
    const { mean, error } = clusteredMean(data, rows, gap);
    return { strength, logLoss: means[at], difference: mean, standardError: error, chosen: false };
  });
  const best = means.indexOf(minOf(means));
  const { difference, standardError } = candidates[best];
  const at = best > 1 && difference < -standardError ? best : 0;
  candidates[at].chosen = true;
  if (at === 0) return { sliceLines: null, logits, candidates };
  const sliceLines = sliceLinesFitter(logits, y, w, slice, count)(tried[at].strength as number);
  return { sliceLines, logits: tried[at].logits, candidates };
}
