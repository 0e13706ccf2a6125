import type { SignalSchema } from '../features/schema.js';
import { quantile } from '../support/quantile.js';
import { type Encoder, encode, encodedWidth } from './encoder.js';

/** The scale of a column that never varied. It is nearly 0, but not 0, because 0 · ∞ would be NaN. */
const CONSTANT = 1e-30;
/** Rows encoded at a time when deviations are computed. */
const BLOCK = 256;
/**
 * Largest distance from the median, in robust deviations (from the 10–90% range), with which a value counts in mean and
 * deviation.
 */
const FAR = 10;
const RANGE_OF_NORMAL = 2.563;
/**
 * Smallest deviation of an encoded input: otherwise an input that rarely differs would get nearly unpenalised weights.
 */
const LEAST_DEVIATION = 0.3;

/**
 * Fits the encoder: x' = (x − mean)/deviation, then the smooth clip 3·tanh(x'/3), which is linear near 0 and bounded by
 * ±3 even for infinite values, then a gain to variance 1. Outliers are pulled in before mean and deviation are
 * computed. Scaling by the 10–90% range alone would clip long tails, which show most about wrong answers. `numeric` is
 * row-major [·, d], NaN = missing; only `rows` of it are read. Source of the clip: after RealMLP (Holzmüller et al.
 * 2024, sec. 3), whose x'/√(1 + (x'/3)²) needs four more nodes.
 */
export function fitEncoder(
  numeric: Float32Array,
  categories: Int32Array,
  rows: ArrayLike<number>,
  schema: SignalSchema,
): Encoder {
  const d = schema.numeric.length;
  const centre: number[] = [];
  const scale: number[] = [];
  const indicators: number[] = [];
  const patterns = new Set<string>();
  const n = rows.length;
  const column = new Float32Array(n);
  for (let j = 0; j < d; j++) {
    let finite = 0;
    let seen = 0;
    for (let i = 0; i < n; i++) {
      const value = numeric[rows[i] * d + j];
      if (!Number.isNaN(value)) seen++;
      if (Number.isFinite(value)) column[finite++] = value;
    }
    const sorted = column.subarray(0, finite).sort();
    if (seen > 0 && seen < n) {
      const pattern = missingPattern(numeric, rows, d, j);
      if (!patterns.has(pattern)) indicators.push(j);
      patterns.add(pattern);
    }
    const { mean, deviation } = momentsOf(sorted);
    centre.push(mean);
    scale.push(deviation > 1e-12 ? 1 / deviation : CONSTANT);
  }
  const encoder = { centre, scale, indicators, vocabularies: schema.categorical.map((c) => c.vocabulary.length) };
  return { ...encoder, gain: gainsOf(encoder, numeric, categories, rows) };
}

/** 1 / deviation of each encoded input over `rows`; 1 where it never varies. */
function gainsOf(encoder: Encoder, numeric: Float32Array, categories: Int32Array, rows: ArrayLike<number>): number[] {
  const width = encodedWidth(encoder);
  const sum = new Float64Array(width);
  const square = new Float64Array(width);
  for (let from = 0; from < rows.length; from += BLOCK) {
    const block = Array.from({ length: Math.min(BLOCK, rows.length - from) }, (_, i) => rows[from + i]);
    const x = encode(encoder, numeric, categories, block);
    for (let at = 0; at < x.length; at += width) {
      for (let j = 0; j < width; j++) {
        sum[j] += x[at + j];
        square[j] += x[at + j] * x[at + j];
      }
    }
  }
  return Array.from(square, (total, j) => {
    const deviation = Math.sqrt(Math.max(total / rows.length - (sum[j] / rows.length) ** 2, 0));
    if (!(deviation > 1e-6)) return 1;
    return 1 / Math.max(deviation, LEAST_DEVIATION);
  });
}

/** Which of the rows lack column j, as a string that can be compared. */
function missingPattern(numeric: Float32Array, rows: ArrayLike<number>, d: number, j: number): string {
  const bits = new Uint16Array(Math.ceil(rows.length / 16));
  for (let i = 0; i < rows.length; i++) if (Number.isNaN(numeric[rows[i] * d + j])) bits[i >> 4] |= 1 << (i & 15);
  return Buffer.from(bits.buffer).toString('latin1');
}

/**
 * Mean and standard deviation of sorted values, with outliers pulled in to FAR robust deviations; 0 and 0 if there are
 * no values.
 */
function momentsOf(sorted: Float32Array): { mean: number; deviation: number } {
  const n = sorted.length;
  if (n === 0) return { mean: 0, deviation: 0 };
  const reach = (FAR * (quantile(sorted, 0.9) - quantile(sorted, 0.1))) / RANGE_OF_NORMAL;
  const middle = quantile(sorted, 0.5);
  const [low, high] = reach > 0 ? [middle - reach, middle + reach] : [sorted[0], sorted[n - 1]];
  let sum = 0;
  let square = 0;
  for (const value of sorted) {
    const drawnIn = Math.min(Math.max(value, low), high) - middle;
    sum += drawnIn;
    square += drawnIn * drawnIn;
  }
  const mean = sum / n;
  return { mean: middle + mean, deviation: Math.sqrt(Math.max(square / n - mean * mean, 0)) };
}
