/**
 * A correction of a trained predictor: logit' = intercept + slope·logit + weights·x, x its encoded inputs. Without any label
 * intercept 0, slope 1, weights 0.
 */
export interface Correction {
  intercept: number;
  slope: number;
  weights: Float64Array;
}

/** Answers with the trained predictor's logit z and encoded inputs x [n, d] beside their labels. */
export interface Transferred {
  z: Float64Array;
  x: Float32Array | Float64Array;
  d: number;
  y: Float64Array;
  w: Float64Array;
}

/** How hard each part of the correction is drawn to what was trained; Infinity holds it there. */
export interface Pull {
  /** What the slope is drawn to: 1, as trained, or 0, as if nothing had been. */
  centre: 0 | 1;
  intercept: number;
  slope: number;
  weights: number;
}

export function correctedLogits(
  { intercept, slope, weights }: Correction,
  { z, x, d }: Pick<Transferred, 'z' | 'x' | 'd'>,
): Float64Array {
  return z.map((value, i) => {
    let logit = intercept + slope * value;
    for (let j = 0; j < d; j++) logit += weights[j] * x[i * d + j];
    return logit;
  });
}
