import { PILOT, weightPenalties } from '../train/learn/ridge-path.js';
import type { Correction, Pull, Transferred } from './correction.js';
import { fitCorrection } from './fit-correction.js';
import { type Span, spanOf } from './span.js';

/** Power of the pilot's weights, as in the ridges of training. */
const POWER = 2;

/**
 * Corrections to the labels of `rows`, one per pull, with the adaptive ridge of training (`ridge-path.ts`): weights
 * that a pilot fit to the same labels found large are penalised less, and the others more. A penalty of a single weight
 * is the same as a scale of its input, so the fits use the span of the scaled rows. `plain` is the span of the unscaled
 * rows.
 */
export function easedPath(rows: Int32Array, data: Transferred, plain: Span, pulls: readonly Pull[]): Correction[] {
  const { x, d } = data;
  const n = data.y.length;
  const { weights } = fitCorrection(rows, { ...data, x: plain.x, d: plain.r }, { ...pulls[0], weights: PILOT });
  const scale = weightPenalties({ penalty: 1, adaptive: POWER }, plain.back(weights)).map(
    (each) => 1 / Math.sqrt(each),
  );
  const eased = spanOf(
    Float64Array.from(x, (value, at) => value * scale[at % d]),
    n,
    d,
  );
  const inner: Transferred = { ...data, x: eased.x, d: eased.r };
  let near: Correction | undefined;
  return pulls.map((pull) => {
    const { factor: _, ...fit } = fitCorrection(rows, inner, pull, near);
    const wide = eased.back(fit.weights).map((weight, j) => weight * scale[j]);
    near = fit;
    return { ...fit, weights: wide };
  });
}
