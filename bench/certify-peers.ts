import { binomialTail } from '../train/certify/binomial-tail.js';

/** Plain binomial test that assumes independent rows. Source: Clopper & Pearson 1934. */
export function binomialRows(rows: number, wrong: number, alpha: number): number {
  return rows === 0 ? 1 : binomialTail(rows, alpha, Math.round(wrong));
}

/**
 * Hoeffding–Bentkus p-value over rows, as in Learn then Test: min(exp(−n h(min(r, α), α)), e · P(Bin(n, α) ≤ ⌈n r⌉))
 * with h the Kullback–Leibler divergence of Bernoulli variables. Source: Bates et al. 2021, prop. 7; Angelopoulos et
 * al. 2021.
 */
export function hoeffdingBentkusRows(rows: number, wrong: number, alpha: number): number {
  if (rows === 0) return 1;
  const risk = Math.min(wrong / rows, alpha);
  const part = (a: number, b: number) => (a === 0 ? 0 : a * Math.log(a / b));
  const hoeffding = Math.exp(-rows * (part(risk, alpha) + part(1 - risk, 1 - alpha)));
  return Math.min(1, hoeffding, Math.E * binomialTail(rows, alpha, Math.ceil(wrong - 1e-9)));
}
