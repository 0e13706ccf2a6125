import type { Logits } from '../numbers.js';
import { bounded, TIE_BREAK } from './bounds.js';
import { diagonal, fitBoundedLogistic } from './solve/bounded-logistic.js';

/**
 * Fits p = σ(a·z + b) to weighted log-loss. If the labels leave a or b open, the fit prefers a = 1, b = 0. With `shift`
 * false b is fixed at 0. `least` is the smallest slope a. Returns [a, b]. An n of about 10 is enough.
 */
export function fitAffine(
  logits: Logits,
  y: Float64Array,
  w: Float64Array,
  shift: boolean,
  least = Number.NEGATIVE_INFINITY,
): [number, number] {
  const columns: Float64Array[] = [bounded(logits)];
  if (shift) columns.push(new Float64Array(y.length).fill(1));
  const { coefficients } = fitBoundedLogistic({
    columns,
    y,
    w,
    centre: [1, 0].slice(0, columns.length),
    penalty: diagonal(columns.map(() => TIE_BREAK)),
    lower: [least, Number.NEGATIVE_INFINITY].slice(0, columns.length),
  });
  return [coefficients[0], shift ? coefficients[1] : 0];
}
