import { PILOT, weightPenalties } from '../train/learn/ridge-path.js';
import type { Correction, Pull, Transferred } from './correction.js';
import { fitCorrection } from './fit-correction.js';
import { type Span, spanOf } from './span.js';

/** Power of the pilot's weights, as in the ridges of training. */
const POWER = 2;

/**
 * Corrections at each pull, in order, to the labels of `rows`, where weights that a pilot fit to the same labels found large are
 * held less and the others more: the adaptive ridge of training (`ridge-path.ts`). Penalties of single weights are scales of the
 * inputs, so that the span of the scaled rows is where the fits are made. `plain` is the span of the rows as they are.
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
