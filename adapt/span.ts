import { dot } from '../support/dot.js';

/**
 * Rows in coordinates of the space that they span; `back` converts weights on these coordinates to weights on the
 * inputs.
 */
export interface Span {
  /** [n, r] */
  x: Float64Array;
  r: number;
  back(weights: Float64Array): Float64Array;
}

/** A row adds no axis if less than this share of its length is outside the span of the axes so far. */
const REST = 1e-4;

/**
 * Rows x [n, d] in an orthonormal basis of their span (Gram–Schmidt) if d > n, else unchanged. A ridge penalty means
 * the same in these coordinates, and its optimum is in the span, so that d weights cost only as much as n. Cost: n²·d.
 */
export function spanOf(x: ArrayLike<number>, n: number, d: number): Span {
  const rows = Float64Array.from(x);
  if (d <= n) return { x: rows, r: d, back: (weights) => weights };
  const axes: Float64Array[] = [];
  for (let i = 0; i < n; i++) {
    const rest = rows.slice(i * d, (i + 1) * d);
    const whole = Math.sqrt(dot(rest, rest));
    for (const axis of axes) {
      const along = dot(rest, axis);
      for (let j = 0; j < d; j++) rest[j] -= along * axis[j];
    }
    const length = Math.sqrt(dot(rest, rest));
    if (length > REST * whole) axes.push(rest.map((value) => value / length));
  }
  const r = axes.length;
  return {
    x: Float64Array.from({ length: n * r }, (_, i) => {
      const row = Math.floor(i / r);
      return dot(rows.subarray(row * d, (row + 1) * d), axes[i % r]);
    }),
    r,
    back: (weights) => {
      const wide = new Float64Array(d);
      axes.forEach((axis, k) => {
        for (let j = 0; j < d; j++) wide[j] += weights[k] * axis[j];
      });
      return wide;
    },
  };
}
