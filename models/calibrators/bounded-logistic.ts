import { cholesky, choleskySolve } from './cholesky.js';

/** A small logistic regression, n rows and k coefficients, whose coefficients may have lower bounds. */
export interface BoundedLogistic {
  /** k columns of n finite values; an intercept is a column of ones. */
  columns: Float64Array[];
  /** Labels in [0, 1] and weights ≥ 0. */
  y: Float64Array;
  w: Float64Array;
  /** What the penalty draws to; within the bounds. */
  centre: ArrayLike<number>;
  /** Symmetric positive definite, row-major [k, k]. */
  penalty: Float64Array;
  /** −∞ where a coefficient is free. */
  lower: ArrayLike<number>;
  /** Where to begin, within the bounds; the centre when absent. */
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
 * A step that gains less than this share of the loss is the last: Newton's next would gain its square. A coefficient nearer to
 * its bound is at it.
 */
const TOLERANCE = 1e-12;

/**
 * Minimises Σ w·(softplus(m) − y·m) + ½(θ − centre)ᵀP(θ − centre), m = Σ θ_j·column_j, subject to θ ≥ lower: Newton's method
 * on the coefficients that are off their bound or pulled away from it, steps cut at the first bound met and halved while
 * they do not gain. The problem is convex, so the solution is exact. Source: Nocedal & Wright 2006, ch. 16.5 (active sets).
 * Some ten passes of n·k².
 */
export function fitBoundedLogistic(problem: BoundedLogistic): BoundedSolution {
  const { columns, y, w, centre, penalty, lower } = problem;
  const n = y.length;
  const k = columns.length;
  const p = new Float64Array(n);
  const lossAt = (theta: Float64Array): number => {
    const m = p.fill(0);
    for (let j = 0; j < k; j++) {
      const column = columns[j];
      const by = theta[j];
      for (let i = 0; i < n; i++) m[i] += by * column[i];
    }
    let sum = quadratic(penalty, theta, centre) / 2;
    for (let i = 0; i < n; i++) {
      const e = Math.exp(-Math.abs(m[i]));
      sum += w[i] * (Math.max(m[i], 0) + Math.log1p(e) - y[i] * m[i]);
      p[i] = (m[i] >= 0 ? 1 : e) / (1 + e);
    }
    return sum;
  };
  let theta: Float64Array = Float64Array.from(problem.start ?? centre);
  let loss = lossAt(theta);
  let hessian = hessianAt(problem, p);
  for (let step = 0; step < MOST_STEPS; step++) {
    const gradient = gradientAt(problem, p, theta);
    const down = direction(hessian, gradient, theta, lower);
    let rate = 1;
    let meets = -1;
    for (let j = 0; j < k; j++) {
      const room = (theta[j] - lower[j]) / down[j];
      if (down[j] > 0 && room < rate) {
        rate = room;
        meets = j;
      }
    }
    const most = loss + TOLERANCE * Math.abs(loss); // as good as the loss, by rounding
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
    const gain = loss - reached;
    theta = next;
    loss = reached;
    hessian = hessianAt(problem, p);
    if (gain <= TOLERANCE * Math.abs(loss) && meets < 0) break;
  }
  return { coefficients: theta, loss, hessian };
}

/** Newton's step on the free coefficients, 0 on the rest: those at their bound that gradient or step pulls below it. */
function direction(
  hessian: Float64Array,
  gradient: Float64Array,
  theta: Float64Array,
  lower: ArrayLike<number>,
): Float64Array {
  const k = theta.length;
  let free = Array.from(theta.keys()).filter((j) => theta[j] > lower[j] || gradient[j] < 0);
  for (;;) {
    const size = free.length;
    const part = Float64Array.from({ length: size * size }, (_, at) => {
      return hessian[free[Math.floor(at / size)] * k + free[at % size]];
    });
    const solved = choleskySolve(
      cholesky(part, size),
      Float64Array.from(free, (j) => gradient[j]),
    );
    const stuck = free.filter((j, at) => theta[j] <= lower[j] && solved[at] > 0);
    if (stuck.length === 0) {
      const down = new Float64Array(k);
      free.forEach((j, at) => {
        down[j] = solved[at];
      });
      return down;
    }
    free = free.filter((j) => !stuck.includes(j));
  }
}

function gradientAt({ columns, y, w, centre, penalty }: BoundedLogistic, p: Float64Array, theta: Float64Array) {
  const k = columns.length;
  return theta.map((_, j) => {
    const column = columns[j];
    let sum = 0;
    for (let i = 0; i < p.length; i++) sum += w[i] * (p[i] - y[i]) * column[i];
    for (let l = 0; l < k; l++) sum += penalty[j * k + l] * (theta[l] - centre[l]);
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

function quadratic(penalty: Float64Array, theta: Float64Array, centre: ArrayLike<number>): number {
  const k = theta.length;
  let sum = 0;
  for (let j = 0; j < k; j++)
    for (let l = 0; l < k; l++) sum += penalty[j * k + l] * (theta[j] - centre[j]) * (theta[l] - centre[l]);
  return sum;
}

/** A penalty with `values` on its diagonal. */
export function diagonal(values: ArrayLike<number>): Float64Array {
  const k = values.length;
  const square = new Float64Array(k * k);
  for (let j = 0; j < k; j++) square[j * k + j] = values[j];
  return square;
}
