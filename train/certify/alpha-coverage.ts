/** The error rates of the curve. */
export const ALPHAS = [0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.15, 0.2, 0.3];

/** What share of the answers can be accepted at error rate α; threshold null where nothing is certified. */
export interface AlphaCoverage {
  alpha: number;
  coverage: number;
  threshold: number | null;
  /** True where each point holds on its own only, false where all hold together with confidence 1 − δ. */
  indication: boolean;
}
