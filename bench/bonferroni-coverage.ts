import { type Scored, tableOf } from '../metrics/scored.js';
import type { Random } from '../support/random.js';
import { ALPHAS, type AlphaCoverage } from '../train/certify/alpha-coverage.js';
import { fixedSequence } from '../train/certify/fixed-sequence.js';
import { sights } from '../train/certify/outlook.js';
import { candidatesFrom } from '../train/certify/threshold-candidates.js';

/**
 * The α–coverage curve that `chainedCoverage` is compared with: fixed-sequence certification at each α, at level δ /
 * (number of αs), so that all points hold together with confidence 1 − δ (Bonferroni). What is certified at a smaller α
 * holds at a larger one. Its δ is its own, apart from that of the certified threshold.
 */
export function bonferroniCoverage(
  outOfFold: Scored,
  certify: Scored,
  { delta }: { delta: number },
  random: Random,
): AlphaCoverage[] {
  const level = delta / ALPHAS.length;
  const { groups } = tableOf(certify);
  const seen = sights(outOfFold);
  let best: { coverage: number; threshold: number | null } = { coverage: 0, threshold: null };
  return ALPHAS.map((alpha) => {
    const candidates = candidatesFrom(seen, { alpha, delta: level, groups });
    const { certified } = fixedSequence(candidates, certify, { alpha, delta: level }, random);
    if (certified !== null && certified.coverage > best.coverage) best = certified;
    return { alpha, coverage: best.coverage, threshold: best.threshold, indication: false };
  });
}
