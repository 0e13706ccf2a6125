import { normalCdf } from '../../metrics/special/normal.js';
import type { Test } from './cross-way.js';

/** One-sided t-test on sums by question, normal quantile. It is too optimistic where failures are few. */
export const tTest: Test = ({ mass, wrong }, alpha) => {
  const n = mass.length;
  let [sum, squares] = [0, 0];
  for (let i = 0; i < n; i++) {
    const x = wrong[i] - alpha * mass[i];
    sum += x;
    squares += x * x;
  }
  return normalCdf(sum / Math.sqrt(Math.max(1e-12, squares - (sum * sum) / n)));
};
