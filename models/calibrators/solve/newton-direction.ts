import { cholesky, choleskySolve } from '../../cholesky.js';

/** Newton's step on the free coefficients, 0 on the rest: those at their bound that gradient or step pulls below it. */
export function newtonDirection(
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
