import { type Scored, tableOf } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { fixedSequence } from './fixed-sequence.js';
import { sights } from './outlook.js';
import { candidatesFrom } from './threshold-candidates.js';

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

/**
 * The α–coverage curve: fixed-sequence certification at each α, by default at level δ / (number of αs), so that all points
 * hold together with confidence 1 − δ (Bonferroni); with `simultaneous: false` each at δ and marked an indication. What is
 * certified at a smaller α holds at a larger one. Its δ is its own, apart from that of the certified threshold.
 */
export function alphaCoverage(
  outOfFold: Scored,
  certify: Scored,
  {
    delta,
    alphas = ALPHAS,
    simultaneous = true,
  }: { delta: number; alphas?: readonly number[]; simultaneous?: boolean },
  random: Random,
): AlphaCoverage[] {
  const level = simultaneous ? delta / alphas.length : delta;
  const { groups } = tableOf(certify);
  const seen = sights(outOfFold);
  let best: { coverage: number; threshold: number | null } = { coverage: 0, threshold: null };
  return [...alphas]
    .sort((a, b) => a - b)
    .map((alpha) => {
      const candidates = candidatesFrom(seen, { alpha, delta: level, groups });
      const { certified } = fixedSequence(candidates, certify, { alpha, delta: level }, random);
      if (certified !== null && certified.coverage > best.coverage) best = certified;
      return { alpha, coverage: best.coverage, threshold: best.threshold, indication: !simultaneous };
    });
}
