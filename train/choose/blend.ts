import { bounded } from '../../models/calibrators/bounds.js';
import { diagonal, fitBoundedLogistic } from '../../models/calibrators/solve/bounded-logistic.js';
import type { Logits } from '../../models/numbers.js';
import { pick } from '../../support/pick.js';
import type { TrainingData } from '../prepare/training-data.js';
import { foldPlaces } from './fold-places.js';

/** Penalty that pulls shares towards equal ones: about the information in a few hundred answers. */
const PULL = 60;
/** A learner with a smaller share of the sum is left out, because it is not worth its cost. */
const LEAST_SHARE = 0.02;

interface Blend {
  /** The factor of each part's logit in the blend; 0: not used. */
  shares: number[];
  /** The blend's logits, each row's from shares that were fitted without its fold. */
  logits: Logits;
}

/**
 * Blends learners by shares ≥ 0 of their out-of-fold logits with the lowest log-loss, with a pull towards equal shares:
 * on few answers the blend is about the mean, on many answers the better learners count more. Stacking: Wolpert 1992;
 * why shares are not negative: Breiman 1996.
 */
export function blendOf(data: TrainingData, rows: Int32Array, fold: Int32Array, parts: readonly Logits[]): Blend {
  const y = pick(data.y, rows);
  const w = pick(data.w, rows);
  const columns = parts.map(bounded);
  const sharesOn = (places: Int32Array) =>
    fitShares(
      columns.map((column) => pick(column, places)),
      pick(y, places),
      pick(w, places),
    );
  const logits = new Float64Array(rows.length);
  for (const { inside, heldOut: places } of foldPlaces(fold)) {
    const shares = sharesOn(inside);
    for (const i of places) logits[i] = parts.reduce((sum, part, k) => sum + shares[k] * part[i], 0);
  }
  return { shares: sharesOn(Int32Array.from(rows.keys())), logits };
}

function fitShares(columns: Float64Array[], y: Float64Array, w: Float64Array): number[] {
  const solve = (used: number[]) =>
    fitBoundedLogistic({
      columns: used.map((k) => columns[k]),
      y,
      w,
      centre: used.map(() => 1 / used.length),
      penalty: diagonal(used.map(() => PULL)),
      lower: used.map(() => 0),
    }).coefficients;
  const all = columns.map((_, k) => k);
  const first = solve(all);
  const whole = first.reduce((sum, share) => sum + share, 0);
  const used = all.filter((k) => first[k] > LEAST_SHARE * whole);
  const last = used.length === all.length ? first : solve(used);
  return all.map((k) => (used.includes(k) ? last[used.indexOf(k)] : 0));
}
