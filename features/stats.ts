/** Statistics over the first n numbers of an array; NaN for n = 0. */
type Numbers = ArrayLike<number>;

const COUNTS = 1024;
const logs = Float64Array.from({ length: COUNTS }, (_, n) => Math.log1p(n));

/** ln(1 + n) of a whole number n ≥ 0: the same as Math.log1p, from a table for small n. */
export function logCount(n: number): number {
  return n < COUNTS ? logs[n] : Math.log1p(n);
}

function sum(values: Numbers, n: number): number {
  let total = 0;
  for (let i = 0; i < n; i++) total += values[i];
  return n === 0 ? NaN : total;
}

export function mean(values: Numbers, n: number): number {
  return sum(values, n) / n;
}

export function min(values: Numbers, n: number): number {
  if (n === 0) return NaN;
  let least = values[0];
  for (let i = 1; i < n; i++) if (values[i] < least) least = values[i];
  return least;
}

export function max(values: Numbers, n: number): number {
  if (n === 0) return NaN;
  let most = values[0];
  for (let i = 1; i < n; i++) if (values[i] > most) most = values[i];
  return most;
}

/** part / whole; NaN where the whole is 0. */
export function share(part: number, whole: number): number {
  return whole === 0 ? NaN : part / whole;
}
