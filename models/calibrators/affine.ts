import type { Logits } from '../numbers.js';
import { bounded, TIE_BREAK } from './bounds.js';
import { diagonal, fitBoundedLogistic } from './solve/bounded-logistic.js';

/**
 * p = σ(a·z + b) under weighted log-loss, drawn to a = 1, b = 0 where the labels leave it open; `shift` false holds b at 0,
 * `least` is the least slope a. Returns [a, b]. n of order 10 is enough.
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
