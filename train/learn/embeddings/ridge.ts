import { logit, logLossOfLogit, sigmoid } from '../../../models/numbers.js';
import { pick } from '../../../support/pick.js';
import { baseRate } from '../encoded-rows.js';
import type { Linear } from '../logistic/newton.js';
import type { Sheet } from '../sheet.js';
import { minimise } from '../text/minimise.js';
import type { UnitRows } from './standardiser.js';

/** What a fit reads: rows of the sheet with their labels and weights. */
export interface Labelled extends Pick<Sheet, 'y' | 'w'> {
  unit: UnitRows;
  rows: Int32Array;
}

/**
 * Ridge logistic regression on all numbers of the vectors, by L-BFGS: there are too many for a Hessian. The penalty is
 * on Σ weights² / 2 for rows of length 1; the intercept is free. `start`: the solution at another penalty. Cost:
 * 5 to 20 passes over the numbers of the rows.
 */
export function fitVectorRidge({ unit, rows, y, w }: Labelled, penalty: number, start?: Linear): Linear {
  const { inputs } = unit;
  const from = new Float64Array(inputs + 1);
  if (start === undefined) from[inputs] = logit(baseRate({ y: pick(y, rows), w: pick(w, rows) }));
  else {
    from.set(start.weights);
    from[inputs] = start.intercept;
  }
  const value = (at: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (const row of rows) {
      const x = unit.row(row);
      let z = at[inputs];
      for (let j = 0; j < inputs; j++) z += at[j] * x[j];
      loss += w[row] * logLossOfLogit(z, y[row]);
      const slope = w[row] * (sigmoid(z) - y[row]);
      gradient[inputs] += slope;
      for (let j = 0; j < inputs; j++) gradient[j] += slope * x[j];
    }
    for (let j = 0; j < inputs; j++) {
      loss += (penalty / 2) * at[j] * at[j];
      gradient[j] += penalty * at[j];
    }
    return loss;
  };
  const solution = minimise(value, from, { steps: 60, tolerance: 1e-5 });
  return { weights: solution.slice(0, inputs), intercept: solution[inputs] };
}

/** Logits of some rows. */
export function vectorLogits(unit: UnitRows, rows: Int32Array, { weights, intercept }: Linear): Float64Array {
  return Float64Array.from(rows, (row) => {
    const x = unit.row(row);
    let z = intercept;
    for (let j = 0; j < x.length; j++) z += weights[j] * x[j];
    return z;
  });
}
