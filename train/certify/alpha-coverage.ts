/** The error rates α of the curve. */
export const ALPHAS = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3];

/** The share of the answers that can be accepted at error rate α; threshold null if nothing is certified. */
export interface AlphaCoverage {
  alpha: number;
  coverage: number;
  threshold: number | null;
  /** True if each point holds only on its own, false if all hold together with confidence 1 − δ. */
  indication: boolean;
}
