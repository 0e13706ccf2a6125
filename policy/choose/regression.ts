import { pav } from '../../metrics/calibration/pav.js';
import type { Values } from '../../scorer/policy/policy.js';

/** The most bins of a regression, and the fewest cases of a bin. */
const BINS = 20;
const LEAST = 15;

/** Cases in bins by their probability at a state: about equally many each, equal probabilities together. */
export interface Bins {
  /** Bin of each case; −1 where there is no probability. */
  bin: Int32Array;
  /** Weighted mean probability of each bin, rising. */
  center: Float64Array;
}

/** Divides cases by their probability. With few different probabilities, each has a bin of its own. O(n log n). */
export function binsOf(p: Float64Array, weight: Float64Array): Bins {
  const order = Int32Array.from([...p.keys()].filter((i) => p[i] >= 0 && weight[i] > 0)).sort((a, b) => p[a] - p[b]);
  const bin = new Int32Array(p.length).fill(-1);
  const distinct = new Set(Array.from(order, (i) => p[i])).size;
  const size = distinct <= BINS ? 1 : Math.max(LEAST, order.length / BINS);
  const sums: { p: number; w: number; n: number }[] = [];
  order.forEach((i, at) => {
    const last = sums.at(-1);
    const isTied = at > 0 && p[order[at - 1]] === p[i];
    const isFull = last === undefined || (!isTied && last.n >= size && (size === 1 || order.length - at >= LEAST));
    if (isFull) sums.push({ p: 0, w: 0, n: 0 });
    const into = sums.at(-1) as { p: number; w: number; n: number };
    into.p += weight[i] * p[i];
    into.w += weight[i];
    into.n++;
    bin[i] = sums.length - 1;
  });
  return { bin, center: Float64Array.from(sums, ({ p: sum, w }) => sum / w) };
}

/**
 * Regression of a later value on the present probability: the weighted mean of each bin, made non-decreasing (isotonic
 * regression), because an answer that is more likely right is never worth less later. Straight lines between the
 * centres of the bins; constant outside. The error is the standard error of the bin's mean. O(n).
 */
export function regress({ bin, center }: Bins, value: Float64Array, weight: Float64Array): Values {
  const k = center.length;
  const [w, sum, square, n] = [new Float64Array(k), new Float64Array(k), new Float64Array(k), new Int32Array(k)];
  for (let i = 0; i < bin.length; i++) {
    const b = bin[i];
    if (b < 0 || weight[i] === 0) continue;
    w[b] += weight[i];
    sum[b] += weight[i] * value[i];
    square[b] += weight[i] * value[i] ** 2;
    n[b]++;
  }
  const used = [...center.keys()].filter((b) => n[b] > 0);
  const at = Float64Array.from(used, (b) => center[b]);
  const mean = Float64Array.from(used, (b) => sum[b] / w[b]);
  const weights = Float64Array.from(used, (b) => w[b]);
  const error = used.map((b, j) => Math.sqrt(Math.max(0, square[b] / w[b] - mean[j] ** 2) / n[b]));
  const rising = used.length === 0 ? mean : pav(at, mean, weights);
  return { probability: [...at], value: [...rising], error, questions: used.map((b) => n[b]) };
}
