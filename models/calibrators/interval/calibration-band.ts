import { type Logits, sigmoid } from '../../numbers.js';
import type { Graph } from '../../onnx/graph.js';
import { fitAffine } from '../affine.js';
import { bounded } from '../bounds.js';
import { form } from '../solve/square.js';
import { countUpTo, emitCount } from './count.js';
import { naturalSpline, quantiles, spaced } from './natural-spline.js';
import { type Curve, fitSliceCurves } from './slice-curves.js';

/**
 * Both bounds as logits at the points `at` (ascending), stored as one row of bounds after the other. `row` gives the
 * row for each slice + 1.
 */
export interface CalibrationBand {
  at: number[];
  low: number[];
  high: number[];
  row: number[];
}

/**
 * The answers that a band is fitted to: out-of-fold logit, label, weight, question and slice (−1: none) of each, and
 * the number of slices.
 */
export interface BandData {
  logits: Logits;
  y: Float64Array;
  w: Float64Array;
  group: ArrayLike<number>;
  slice: Int32Array;
  slices: number;
}

/**
 * Half-width in standard errors. 1.645 would give 90% if the curve had no bias and there were no other error. 1.84 is
 * the 90% quantile of |N(½, 1)|: a bias of half a standard error, which the best smoothing has (Armstrong & Kolesár
 * 2020). The rest is a margin for the refit, which differs a little from the fold predictors; bench/interval.ts
 * measures the coverage of the result.
 */
const WIDTH = 2;

/** Number of standard errors of Wilson's bound. It limits the other bound where that one is too wide to be useful. */
const FARTHEST = 3;

/**
 * Positions of the knots. Some are shares of the information p(1 − p), because the information decides what can be
 * distinguished; others are shares of the answers, because many answers may be where nearly all are right. Source of
 * the shares: Harrell 2015, table 2.3.
 */
const OF_INFORMATION = [0.05, 0.35, 0.65, 0.95];
const OF_ANSWERS = [0.05, 0.95];

/** Number of straight pieces between two knots and in each tail. */
const PIECES = 4;

/** Steps per logit: bounds are rounded outwards to them. */
const GRAIN = 1e4;

/**
 * The share of right answers among answers with this score, of the same slice (model, task): a 90% confidence interval
 * for r_c(z) = E[y | z, c]. logit r_c(z) = x(z)·(β + γ_c), where x is a natural cubic spline of the out-of-fold logit
 * z, fitted by `fitSliceCurves`. The bounds are m ± 2·√(xᵀ·Cov·x). One half-right answer is added, spread over all
 * answers, so that no bound is 0 or 1. The interval is pointwise: it covers on average over the curve, not the whole
 * curve at once. A slice without answers gets the interval of a new slice, or, if answers without a slice were seen,
 * their curve. Stored as straight pieces, constant beyond the outermost. Source: pointwise bands of a logistic
 * regression on splines: Harrell 2015, ch. 10; the rest: see `fitSliceCurves`. O(n·k²), k ≤ 6.
 */
export function fitCalibrationBand({ logits, y, w, group, slice, slices }: BandData): CalibrationBand {
  const z = bounded(logits);
  const total = w.reduce((sum, v) => sum + v, 0);
  const count = total ** 2 / w.reduce((sum, v) => sum + v * v, 0); // Kish's effective number of answers
  const weight = w.map((v) => (v * count) / total);
  const right = y.map((v) => (count * v + 0.5) / (count + 1));
  const [slope, offset] = fitAffine(z, right, weight, true);
  const information = z.map((v, i) => weight[i] * sigmoid(slope * v + offset) * sigmoid(-slope * v - offset));
  const knots = spaced([...quantiles(z, information, OF_INFORMATION), ...quantiles(z, weight, OF_ANSWERS)]);
  const columns = naturalSpline(knots, z, information);

  const known = [...new Set(slice)].sort((a, b) => a - b); // −1 comes first, if there is one
  const place = new Map(known.map((c, k) => [c, k]));
  const d = columns(0).length;
  const x = new Float64Array(z.length * d);
  z.forEach((v, i) => {
    x.set(columns(v), i * d);
  });
  const { curves, unseen } = fitSliceCurves({
    x,
    d,
    y: right,
    w: weight,
    group,
    slice: slice.map((c) => place.get(c) as number),
    slices: known.length,
  });
  const rows = known[0] === -1 ? curves : [unseen, ...(known.length > 1 ? curves : [])];
  const first = rows.length - known.length;
  const at = piecesOf(knots, z);
  return {
    at,
    low: rows.flatMap((curve) => at.map((v) => Math.floor(boundOf(curve, columns(v), -WIDTH) * GRAIN) / GRAIN)),
    high: rows.flatMap((curve) => at.map((v) => Math.ceil(boundOf(curve, columns(v), WIDTH) * GRAIN) / GRAIN)),
    row: [
      0,
      ...Array.from({ length: slices }, (_, c) => (rows.length > 1 && place.has(c) ? first + place.get(c)! : 0)),
    ],
  };
}

/** The interval at a logit, for a slice (−1: none). O(log k). */
export function calibrationBandAt(
  { at, low, high, row }: CalibrationBand,
  logit: number,
  slice: number,
): { low: number; high: number } {
  const k = at.length;
  const z = Math.min(Math.max(logit, at[0]), at[k - 1]);
  const i = Math.min(Math.max(countUpTo(at, 1, z) - 1, 0), k - 2);
  const from = k * row[slice + 1] + i;
  const share = (z - at[i]) / (at[i + 1] - at[i]);
  return {
    low: sigmoid(low[from] + share * (low[from + 1] - low[from])),
    high: sigmoid(high[from] + share * (high[from + 1] - high[from])),
  };
}

/** logit [n] and int64 slice + 1 [n] (null: none) in; names of both bounds [n]. */
export function emitCalibrationBand(
  graph: Graph,
  { at, low, high, row }: CalibrationBand,
  { logit, slice }: { logit: string; slice: string | null },
): { low: string; high: string } {
  const k = at.length;
  const z = graph.op('Clip', [logit, graph.scalar(at[0]), graph.scalar(at[k - 1])]); // [n]
  const piece = emitCount(graph, at.slice(1, -1), z, 'GreaterOrEqual'); // [n]
  const beyond = graph.op('Sub', [z, graph.op('Gather', [graph.floats(at.slice(0, -1), [k - 1]), piece])]); // [n]
  const rows = low.length / k;
  let place = piece;
  if (rows > 1 && slice !== null) {
    const starts = row.map((r) => r * (k - 1));
    place = graph.op('Add', [piece, graph.op('Gather', [graph.ints(starts, [starts.length]), slice])]); // [n]
  }
  const bound = (values: number[]): string => {
    const pieces = Array.from({ length: rows * (k - 1) }, (_, p) => p + Math.floor(p / (k - 1)));
    const slopes = pieces.map((p, i) => (values[p + 1] - values[p]) / (at[(i % (k - 1)) + 1] - at[i % (k - 1)]));
    const start = graph.op('Gather', [
      graph.floats(
        pieces.map((p) => values[p]),
        [pieces.length],
      ),
      place,
    ]);
    const slope = graph.op('Gather', [graph.floats(slopes, [pieces.length]), place]);
    return graph.op('Sigmoid', [graph.op('Add', [start, graph.op('Mul', [slope, beyond])])]); // [n]
  };
  return { low: bound(low), high: bound(high) };
}

/**
 * m + width·√v, but not farther from m than Wilson's bound of FARTHEST errors for a share p̂ = σ(m) out of n =
 * 1/(v·p̂(1 − p̂)) answers, which give the logit the same variance. Where nearly all answers are right, v is huge and
 * says little; there n shows how many wrong answers may have been missed. n is at most the number of answers of the
 * slice: a straight tail that runs on to 1 cannot say more than all of them. Source: Wilson 1927.
 */
function boundOf({ mean, covariance, answers }: Curve, x: Float64Array, width: number): number {
  const sum = mean.reduce((total, b, j) => total + b * x[j], 0);
  const m = Math.min(Math.max(sum, -30), 30);
  const [p, q] = [sigmoid(m), sigmoid(-m)];
  const perAnswer = Math.max(form(covariance, x) * p * q, 1 / answers); // 1/n
  const v = perAnswer / (p * q);
  const middle = (FARTHEST ** 2 * perAnswer) / 2;
  const reach = FARTHEST * Math.sqrt(perAnswer * p * q + (FARTHEST * perAnswer) ** 2 / 4);
  // (x + middle − reach)·(x + middle + reach) = x²·(1 + FARTHEST²/n) for x = p, q: the smaller factor without
  // cancellation
  const least = (share: number) => (share ** 2 * (1 + 2 * middle)) / (share + middle + reach);
  if (width < 0) return Math.max(m + width * Math.sqrt(v), Math.log(least(p) / (q + middle + reach)));
  return Math.min(m + width * Math.sqrt(v), Math.log((p + middle + reach) / least(q)));
}

/**
 * Ends of the straight pieces, in float32: between knots, and in each tail as far as the last answer or as wide as the
 * range of the knots.
 */
function piecesOf(knots: readonly number[], z: Logits): number[] {
  const [first, last] = [knots[0], knots[knots.length - 1]];
  const span = last - first;
  const least = z.reduce((a, v) => Math.min(a, v), first);
  const most = z.reduce((a, v) => Math.max(a, v), last);
  const marks = [Math.max(least, first - span), ...knots, Math.min(most, last + span)];
  const at = marks.slice(1).flatMap((mark, i) => {
    return Array.from({ length: PIECES }, (_, p) => marks[i] + ((mark - marks[i]) * p) / PIECES);
  });
  return [...at, marks[marks.length - 1]].map(Math.fround).filter((v, i, all) => i === 0 || v - all[i - 1] >= 1e-4);
}
