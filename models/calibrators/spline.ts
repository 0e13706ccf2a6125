import { cholesky, logDeterminant } from '../cholesky.js';
import { type Logits, sigmoid } from '../numbers.js';
import type { Graph } from '../onnx/graph.js';
import { NEAREST } from './blocks.js';
import { bounded, LEAST_SLOPE, TIE_BREAK } from './bounds.js';
import type { Calibrator } from './calibrator.js';
import { stepsOf } from './interval/steps.js';
import { type BoundedSolution, diagonal, fitBoundedLogistic } from './solve/bounded-logistic.js';

/** Shares of the answers below each knot. Source: Harrell 2015, table 2.3, seven knots. */
const QUANTILES = [0.025, 0.1833, 0.3417, 0.5, 0.6583, 0.8167, 0.975];

/**
 * Standard deviation of the change of the slope over one logit; the most likely one is used. Larger values gave flat
 * tails on real answers.
 */
const DRIFTS = [0.03, 0.1, 0.3];

/** A larger drift must be more likely by at least this, so that rounding does not choose if the answers do not. */
const LIKELIER = 1e-6;

/** Limit of the tails in the graph: no float32 logit that matters is beyond it, and its products are finite. */
const ENDLESS = 1e30;

/**
 * Monotone spline on the logit: p = σ(f(z)). f' is the straight lines through slopes s_j ≥ 1e-3 at knots x_j, and
 * constant outside. So f is smooth, strictly increasing, and a straight line in both tails: it never flattens.
 * Penalised likelihood with ½·Σ (s_{j+1} − s_j)²/(x_{j+1} − x_j)/drift² = ½ ∫ f''²/drift²; the drift is chosen by the
 * Laplace marginal likelihood, and a small one gives Platt. Stored as x_1…x_k, s_1…s_k, f(x_1). Source: Ramsay 1988
 * (integrated splines), Wood 2011 (choice of the penalty).
 */
export const spline: Calibrator = {
  name: 'spline',
  complexity: 4,
  fit: fitSpline,
  apply: (parameters, logits) => {
    const k = (parameters.length - 1) / 2;
    return logits.map((z) => sigmoid(splineAt(parameters, k, z)));
  },
  emit: emitSpline,
};

function fitSpline(logits: Logits, y: Float64Array, w: Float64Array): number[] {
  const z = bounded(logits);
  const knots = knotsOf(z, w);
  const k = knots.length;
  const columns = knots.map((_, j) => {
    const basis = [...knots, ...knots.map((_, l) => (l === j ? 1 : 0)), 0];
    return z.map((at) => splineAt(basis, k, at));
  });
  columns.push(new Float64Array(z.length).fill(1));
  const centre = [...knots.map(() => 1), knots[0]]; // f(z) = z
  const lower = [...knots.map(() => LEAST_SLOPE), Number.NEGATIVE_INFINITY];
  let best: BoundedSolution | undefined;
  let most = Number.NEGATIVE_INFINITY;
  let start: Float64Array | undefined;
  for (const drift of k > 1 ? DRIFTS : [1]) {
    const penalty = penaltyOf(knots, drift);
    const solution: BoundedSolution = fitBoundedLogistic({ columns, y, w, centre, penalty, lower, start });
    start = solution.coefficients;
    const evidence =
      -solution.loss - logDeterminant(cholesky(solution.hessian, k + 1), k + 1) / 2 - (k - 1) * Math.log(drift);
    if (evidence > most + LIKELIER) {
      most = evidence;
      best = solution;
    }
  }
  return [...knots, ...(best as BoundedSolution).coefficients];
}

/** f(z): the value at the first knot, plus the contribution of each segment up to z. */
function splineAt(parameters: ArrayLike<number>, k: number, z: number): number {
  const first = Math.min(z - parameters[0], 0);
  const last = Math.max(z - parameters[k - 1], 0);
  let f = parameters[2 * k] + first * parameters[k] + last * parameters[2 * k - 1];
  for (let j = 0; j + 1 < k; j++) {
    const length = parameters[j + 1] - parameters[j];
    const u = Math.min(Math.max(z - parameters[j], 0), length);
    f += u * (parameters[k + j] + (u * (parameters[k + j + 1] - parameters[k + j])) / (2 * length));
  }
  return f;
}

/**
 * The same as nodes, all segments side by side; the tails are a first and a last segment without curvature. Each
 * segment is measured from the end that is nearer to the knot where f is closest to 0, so that float32 is exact to 1e-6
 * where the probability is not near 0 or 1.
 */
function emitSpline(graph: Graph, parameters: number[], logit: string): string {
  const k = (parameters.length - 1) / 2;
  const x = parameters.slice(0, k);
  const s = parameters.slice(k, 2 * k);
  const f = x.map((at) => splineAt(parameters, k, at));
  const middle = f.reduce((best, value, j) => (Math.abs(value) < Math.abs(f[best]) ? j : best), 0);
  const from = Array.from({ length: k + 1 }, (_, segment) => (segment <= middle ? segment : segment - 1));
  const curves = x.slice(1).map((at, j) => (s[j + 1] - s[j]) / (2 * (at - x[j])));
  const row = (values: number[]) => graph.floats(values, [1, k + 1]);
  const column = graph.op('Unsqueeze', [logit, graph.ints([1], [1])]); // [n, 1]
  const inside = graph.op('Min', [graph.op('Max', [column, row([-ENDLESS, ...x])]), row([...x, ENDLESS])]);
  const u = graph.op('Sub', [inside, row(from.map((j) => x[j]))]); // [n, k + 1]
  const slope = graph.op('Add', [graph.op('Mul', [u, row([0, ...curves, 0])]), row(from.map((j) => s[j]))]);
  const parts = graph.op('ReduceSum', [graph.op('Mul', [u, slope]), graph.ints([1], [1])], { keepdims: 0 }); // [n]
  return graph.op('Sigmoid', [graph.op('Add', [parts, graph.scalar(f[middle])])]);
}

/** Weighted quantiles of the logits, at least NEAREST apart, rounded to float32; at least one. */
function knotsOf(logits: Logits, w: Float64Array): number[] {
  const { z, weight } = stepsOf(logits, w, w);
  const total = weight.reduce((sum, by) => sum + by, 0);
  const knots: number[] = [];
  let below = 0;
  let i = -1;
  for (const share of QUANTILES) {
    while (i + 1 < z.length && (i < 0 || below < share * total)) below += weight[++i];
    const knot = Math.fround(z[i] ?? 0);
    if (knots.length === 0 || knot - knots[knots.length - 1] >= NEAREST) knots.push(knot);
  }
  return knots;
}

/** The roughness over drift², and the tie-break. */
function penaltyOf(knots: number[], drift: number): Float64Array {
  const k = knots.length;
  const penalty = diagonal(new Float64Array(k + 1).fill(TIE_BREAK));
  for (let j = 0; j + 1 < k; j++) {
    const by = 1 / ((knots[j + 1] - knots[j]) * drift ** 2);
    penalty[j * (k + 2)] += by;
    penalty[(j + 1) * (k + 2)] += by;
    penalty[j * (k + 1) + j + 1] -= by;
    penalty[(j + 1) * (k + 1) + j] -= by;
  }
  return penalty;
}
