/**
 * A correction of a trained predictor: logit' = intercept + slope·logit + weights·x, where x are its encoded inputs.
 * Without any labels: intercept 0, slope 1, weights 0.
 */
export interface Correction {
  intercept: number;
  slope: number;
  weights: Float64Array;
}

/** Answers with the trained predictor's logit z, the encoded inputs x [n, d], labels y and weights w. */
export interface Transferred {
  z: Float64Array;
  x: Float32Array | Float64Array;
  d: number;
  y: Float64Array;
  w: Float64Array;
}

/**
 * Ridge penalties that pull each part of the correction towards the trained predictor; Infinity fixes the part there.
 */
export interface Pull {
  /** The slope that the penalty pulls towards: 1, as trained, or 0, as if there were no trained predictor. */
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
