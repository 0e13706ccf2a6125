import { newtonDirection } from './newton-direction.js';

/** A small logistic regression, n rows and k coefficients, whose coefficients may have lower bounds. */
interface BoundedLogistic {
  /** k columns of n finite values; an intercept is a column of ones. */
  columns: Float64Array[];
  /** Labels in [0, 1] and weights ≥ 0. */
  y: Float64Array;
  w: Float64Array;
  /** The value that the penalty prefers; within the bounds. */
  centre: ArrayLike<number>;
  /** Symmetric positive definite, row-major [k, k]. */
  penalty: Float64Array;
  /** Lower bound of each coefficient; −∞ if it is free. */
  lower: ArrayLike<number>;
  /** Starting value, within the bounds; absent: the centre. */
  start?: ArrayLike<number>;
}

export interface BoundedSolution {
  coefficients: Float64Array;
  /** The penalised loss at the solution, and the Hessian there, row-major [k, k]. */
  loss: number;
  hessian: Float64Array;
}

const MOST_STEPS = 100;
/**
 * The iteration stops after a step that moves no logit by more than this: Newton's next step would move them by about
 * its square. The loss cannot be used for this: where labels say almost nothing, a coefficient may move by 1e-3 to
 * change the last digits of the loss.
 */
const LAST_MOVE = 1e-4;
/** Two losses count as equal if they differ by less than this share of the sum of their absolute terms. */
const ROUNDING = 1e-14;
/** A coefficient closer to its bound than this is at the bound; a smaller step counts as no step. */
const TOLERANCE = 1e-12;

/**
 * Minimises Σ w·(softplus(m) − y·m) + ½(θ − centre)ᵀP(θ − centre), m = Σ θ_j·column_j, subject to θ ≥ lower: Newton's
 * method on the coefficients that are off their bound or pulled away from it, steps cut at the first bound met and
 * halved while they do not gain. The problem is convex, so the solution is exact. Source: Nocedal & Wright 2006, ch.
 * 16.5 (active sets). Some ten passes of n·k².
 */
export function fitBoundedLogistic(problem: BoundedLogistic): BoundedSolution {
  const { columns, y, w, centre, penalty, lower } = problem;
  const n = y.length;
  const k = columns.length;
  const p = new Float64Array(n);
  const posed: Posed = { ...problem, own: rowSums(penalty, k) };
  const reach = columns.map((column) => column.reduce((most, value) => Math.max(most, Math.abs(value)), 1));
  let summed = 0; // sum of the absolute terms of the last loss
  const lossAt = (theta: Float64Array): number => {
    const m = p.fill(0);
    for (let j = 0; j < k; j++) {
      const column = columns[j];
      const by = theta[j];
      for (let i = 0; i < n; i++) m[i] += by * column[i];
    }
    const drawn = quadratic(posed, theta);
    let sum = drawn.value / 2;
    summed = drawn.summed / 2;
    for (let i = 0; i < n; i++) {
      const e = Math.exp(-Math.abs(m[i]));
      const whole = w[i] * (Math.max(m[i], 0) + Math.log1p(e));
      const right = w[i] * y[i] * m[i];
      sum += whole - right;
      summed += whole + Math.abs(right);
      p[i] = (m[i] >= 0 ? 1 : e) / (1 + e);
    }
    return sum;
  };
  let theta: Float64Array = Float64Array.from(problem.start ?? centre);
  let loss = lossAt(theta);
  let hessian = hessianAt(problem, p);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = gradientAt(posed, p, theta);
    const down = newtonDirection(hessian, gradient, theta, lower);
    let rate = 1;
    let meets = -1;
    for (let j = 0; j < k; j++) {
      const room = (theta[j] - lower[j]) / down[j];
      if (down[j] > 0 && room < rate) {
        rate = room;
        meets = j;
      }
    }
    const isLast = down.reduce((sum, by, j) => sum + Math.abs(by) * reach[j], 0) < LAST_MOVE;
    const most = isLast ? Number.POSITIVE_INFINITY : loss + ROUNDING * summed; // equal to the loss up to rounding
    let next: Float64Array;
    let reached: number;
    do {
      next = theta.map((value, j) => {
        const moved = value - rate * down[j];
        return j === meets || moved - lower[j] < TOLERANCE ? lower[j] : moved;
      });
      reached = lossAt(next);
      if (reached <= most) break;
      rate /= 2;
      meets = -1;
    } while (rate > TOLERANCE);
    if (!(reached <= most)) break;
    theta = next;
    loss = reached;
    hessian = hessianAt(problem, p);
    if (isLast && meets < 0) break;
  }
  return { coefficients: theta, loss, hessian };
}

/** A regression with the sums of its penalty's rows. */
interface Posed extends BoundedLogistic {
  own: Float64Array;
}

function rowSums(square: Float64Array, k: number): Float64Array {
  return Float64Array.from({ length: k }, (_, j) => square.subarray(j * k, (j + 1) * k).reduce((a, b) => a + b, 0));
}

function gradientAt({ columns, y, w, centre, penalty, own }: Posed, p: Float64Array, theta: Float64Array) {
  const k = columns.length;
  const off = theta.map((value, j) => value - centre[j]);
  return theta.map((_, j) => {
    const column = columns[j];
    let sum = own[j] * off[j];
    for (let i = 0; i < p.length; i++) sum += w[i] * (p[i] - y[i]) * column[i];
    for (let l = 0; l < k; l++) sum += penalty[j * k + l] * (off[l] - off[j]);
    return sum;
  });
}

function hessianAt({ columns, w, penalty }: BoundedLogistic, p: Float64Array): Float64Array {
  const k = columns.length;
  const hessian = penalty.slice();
  const scaled = new Float64Array(p.length);
  for (let j = 0; j < k; j++) {
    for (let i = 0; i < p.length; i++) scaled[i] = w[i] * p[i] * (1 - p[i]) * columns[j][i];
    for (let l = 0; l <= j; l++) {
      const column = columns[l];
      let sum = 0;
      for (let i = 0; i < p.length; i++) sum += scaled[i] * column[i];
      hessian[j * k + l] += sum;
      if (l !== j) hessian[l * k + j] += sum;
    }
  }
  return hessian;
}

/**
 * dᵀPd, d = θ − centre, and the same with every term taken as positive. It is computed from differences, own_j the sum
 * of row j: Σ own_j·d_j² − Σ_{j<l} P_jl·(d_j − d_l)². A penalty that is stiff on differences and weak on the level
 * loses its digits otherwise.
 */
function quadratic({ penalty, centre, own }: Posed, theta: Float64Array) {
  const k = theta.length;
  let value = 0;
  let summed = 0;
  const add = (term: number) => {
    value += term;
    summed += Math.abs(term);
  };
  for (let j = 0; j < k; j++) {
    const off = theta[j] - centre[j];
    add(own[j] * off ** 2);
    for (let l = j + 1; l < k; l++) add(-penalty[j * k + l] * (off - (theta[l] - centre[l])) ** 2);
  }
  return { value, summed };
}

/** A penalty with `values` on its diagonal. */
export function diagonal(values: ArrayLike<number>): Float64Array {
  const k = values.length;
  const square = new Float64Array(k * k);
  for (let j = 0; j < k; j++) square[j * k + j] = values[j];
  return square;
}
