import { dot } from '../../../support/dot.js';

/** Value at a point; writes the gradient there into `gradient`. */
type Smooth = (at: Float64Array, gradient: Float64Array) => number;

const MEMORY = 8;

/**
 * Minimises a smooth convex function by L-BFGS with backtracking (Armijo). Ends after `steps`, or when a step gains
 * less than `tolerance` of the value. Source: Nocedal & Wright 2006, alg. 7.4 and 7.5.
 */
export function minimise(
  of: Smooth,
  start: Float64Array,
  { steps, tolerance }: { steps: number; tolerance: number },
): Float64Array {
  const d = start.length;
  let x = start.slice();
  let g = new Float64Array(d);
  let value = of(x, g);
  const history: { s: Float64Array; y: Float64Array; rho: number }[] = [];
  for (let step = 0; step < steps; step++) {
    let direction = towards(g, history);
    let slope = dot(direction, g);
    if (!(slope < 0)) {
      history.length = 0;
      direction = g.map((v) => -v);
      slope = dot(direction, g);
      if (!(slope < 0)) break;
    }
    let rate = history.length === 0 ? Math.min(1, 1 / Math.sqrt(-slope)) : 1;
    const next = new Float64Array(d);
    const gradient = new Float64Array(d);
    let moved = Number.POSITIVE_INFINITY;
    for (let halving = 0; halving < 30; halving++, rate /= 2) {
      for (let j = 0; j < d; j++) next[j] = x[j] + rate * direction[j];
      moved = of(next, gradient);
      if (moved <= value + 1e-4 * rate * slope) break;
    }
    if (!(moved < value)) break;
    const s = next.map((v, j) => v - x[j]);
    const y = gradient.map((v, j) => v - g[j]);
    const curvature = dot(s, y);
    if (curvature > 1e-12) history.push({ s, y, rho: 1 / curvature });
    if (history.length > MEMORY) history.shift();
    const gain = value - moved;
    x = next;
    g = gradient;
    value = moved;
    if (gain < tolerance * Math.abs(value)) break;
  }
  return x;
}

/** The two-loop recursion: −H·g. */
function towards(g: Float64Array, history: { s: Float64Array; y: Float64Array; rho: number }[]): Float64Array {
  const q = g.map((v) => -v);
  const alphas = new Float64Array(history.length);
  for (let k = history.length - 1; k >= 0; k--) {
    const { s, y, rho } = history[k];
    alphas[k] = rho * dot(s, q);
    for (let j = 0; j < q.length; j++) q[j] -= alphas[k] * y[j];
  }
  const last = history.at(-1);
  if (last !== undefined) {
    const scale = 1 / (last.rho * dot(last.y, last.y));
    for (let j = 0; j < q.length; j++) q[j] *= scale;
  }
  for (let k = 0; k < history.length; k++) {
    const { s, y, rho } = history[k];
    const beta = rho * dot(y, q);
    for (let j = 0; j < q.length; j++) q[j] += (alphas[k] - beta) * s[j];
  }
  return q;
}
