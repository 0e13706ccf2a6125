import type { CompiledShift } from '../models/shift.js';
import { exceededBy } from '../support/quantile.js';

/** Coordinates of the rows [n, width] along each direction, without the offset: [n, K]. */
function alongOf({ directions, weights }: CompiledShift, x: Float32Array, width: number): Float64Array {
  const n = x.length / width;
  const along = new Float64Array(n * directions);
  for (let i = 0; i < n; i++) {
    for (let j = 0; j < width; j++) {
      const value = x[i * width + j];
      if (value !== 0)
        for (let k = 0; k < directions; k++) along[i * directions + k] += value * weights[j * directions + k];
    }
  }
  return along;
}

/**
 * The shift, measured from the new answers x [n, width] (as the graph has them, before gains). Their mean is the new
 * centre. The directions stay those whitened on the training answers, because a few dozen answers are too few to
 * estimate a covariance. The scale is set so that the share `flags` of the new answers, those furthest from the mean of
 * the others, has a shift above
 * 1. It uses no labels. n ≥ 2.
 */
export function recentredShift(
  shift: CompiledShift,
  x: Float32Array,
  width: number,
  flags: number,
): { shift: CompiledShift; values: Float64Array } {
  const { directions } = shift;
  const n = x.length / width;
  const along = alongOf(shift, x, width);
  const mean = new Float64Array(directions);
  along.forEach((value, i) => {
    mean[i % directions] += value / n;
  });
  const others = n / (n - 1);
  const distance = Float64Array.from({ length: n }, (_, i) => {
    let square = 0;
    for (let k = 0; k < directions; k++) square += (others * (along[i * directions + k] - mean[k])) ** 2;
    return Math.sqrt(square);
  });
  const at = exceededBy(distance, flags);
  const unit = at > 0 ? at : 1;
  return {
    shift: {
      directions,
      weights: shift.weights.map((by) => by / unit),
      offset: Float32Array.from(mean, (value) => -value / unit),
    },
    values: distance.map((value) => value / unit),
  };
}
