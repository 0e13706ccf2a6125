import { type Logits, logLossOfLogit, sigmoid } from '../numbers.js';

/**
 * Newton's method for p = σ(a·z + b) under weighted log-loss with a ridge of 1e-6, started at a = 1, b = 0 and damped by
 * halving; `shift` false holds b at 0. Returns [a, b]. n of order 10 is enough; converges in under 30 steps.
 */
export function fitAffine(logits: Logits, y: Float64Array, w: Float64Array, shift: boolean): [number, number] {
  let a = 1;
  let b = 0;
  const ridge = 1e-6;
  const loss = (slope: number, offset: number): number => {
    let sum = ridge * ((slope - 1) ** 2 + offset ** 2);
    for (let i = 0; i < y.length; i++) sum += w[i] * logLossOfLogit(slope * logits[i] + offset, y[i]);
    return sum;
  };
  let current = loss(a, b);
  for (let step = 0; step < 50; step++) {
    let ga = 2 * ridge * (a - 1);
    let gb = 2 * ridge * b;
    let haa = 2 * ridge;
    let hab = 0;
    let hbb = 2 * ridge;
    for (let i = 0; i < y.length; i++) {
      const p = sigmoid(a * logits[i] + b);
      const r = w[i] * (p - y[i]);
      const h = w[i] * p * (1 - p);
      ga += r * logits[i];
      gb += r;
      haa += h * logits[i] * logits[i];
      hab += h * logits[i];
      hbb += h;
    }
    const determinant = haa * hbb - hab * hab;
    const da = shift ? (hbb * ga - hab * gb) / determinant : ga / haa;
    const db = shift ? (haa * gb - hab * ga) / determinant : 0;
    if (!Number.isFinite(da) || !Number.isFinite(db)) break;
    let rate = 1;
    let next = loss(a - da, b - db);
    while (next > current && rate > 1e-6) {
      rate /= 2;
      next = loss(a - rate * da, b - rate * db);
    }
    if (next > current) break;
    a -= rate * da;
    b -= rate * db;
    const gain = current - next;
    current = next;
    if (gain < 1e-12 * Math.abs(current)) break;
  }
  return [a, b];
}
