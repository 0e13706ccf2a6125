import { descending, tieEnds } from '../../metrics/order.js';
import { type Scored, tableOf } from '../../metrics/scored.js';

/** What answers not certified on (out-of-fold ones) hold at or above one threshold; sums over questions with such an answer. */
export interface Sight {
  threshold: number;
  /** Share of the weight, and of the questions, that has an accepted answer; how many these are, how many of them with errors. */
  coverage: number;
  groupShare: number;
  groups: number;
  failing: number;
  /** The heaviest question; Σ mass, Σ wrong, Σ mass², Σ mass·wrong, Σ wrong². */
  cap: number;
  mass: number;
  wrong: number;
  massMass: number;
  massWrong: number;
  wrongWrong: number;
}

/**
 * What a test is laid out for, fixed beforehand: it decides power, never validity (but the cap is part of the promise: no
 * question counts as more than that).
 */
export interface Profile {
  /** The most that one question's accepted answers can weigh. */
  cap: number;
  /** Mean accepted weight of a question that has any, in units of the cap. */
  mass: number;
  /** Variance of Σ w (error − α) over such questions if the error rate were α, in the same units. */
  spread: number;
}

export interface Outlook extends Profile {
  threshold: number;
  coverage: number;
  groupShare: number;
  /** Share of errors among the accepted, drawn towards α by one question's worth. */
  risk: number;
}

/** Thresholds looked at: one at every hundredth of the answers. */
export const STEPS = 100;
/** Failing questions that stand for "rows of a question err together" until the data say otherwise. */
const PRIOR_FAILING = 5;

/** Sights strict to loose, each threshold halfway to the next lower probability, the last at 0. One pass: O(n log n). */
export function sights(outOfFold: Scored, steps = STEPS): Sight[] {
  const { n, probability, label, weight, group, groups: all } = tableOf(outOfFold);
  const total = weight.reduce((sum, w) => sum + w, 0);
  const order = descending(probability);
  const a = new Float64Array(all);
  const b = new Float64Array(all);
  const now = { groups: 0, failing: 0, cap: 0, mass: 0, wrong: 0, massMass: 0, massWrong: 0, wrongWrong: 0 };
  const found: Sight[] = [];
  let start = 0;
  let step = 0;
  for (const end of tieEnds(probability, order)) {
    for (; start < end; start++) {
      const i = order[start];
      const g = group[i];
      const w = weight[i];
      const e = w * (1 - label[i]);
      if (a[g] === 0 && w > 0) now.groups++;
      if (b[g] === 0 && e > 0) now.failing++;
      now.massMass += w * (2 * a[g] + w);
      now.massWrong += a[g] * e + b[g] * w + w * e;
      now.wrongWrong += e * (2 * b[g] + e);
      now.mass += w;
      now.wrong += e;
      a[g] += w;
      b[g] += e;
      now.cap = Math.max(now.cap, a[g]);
    }
    const here = Math.floor((steps * end) / n);
    if (here === step || now.groups === 0) continue;
    step = here;
    const threshold = end === n ? 0 : (probability[order[end - 1]] + probability[order[end]]) / 2;
    found.push({ threshold, coverage: now.mass / total, groupShare: now.groups / all, ...now });
  }
  return found;
}

/**
 * The outlook for an error rate α. Its spread is that of errors which fall on whole questions, α(1 − α) E[mass²], times the
 * ratio of the variance seen to what that would be at the rate seen; drawn towards 1 where few questions fail.
 */
export function outlookOf(sight: Sight, alpha: number): Outlook {
  const { threshold, coverage, groupShare, groups, failing, cap, mass, wrong, massMass, massWrong, wrongWrong } = sight;
  const mean = mass / groups;
  const risk = (wrong + alpha * mean) / (mass + mean);
  const seen = (wrongWrong - 2 * risk * massWrong + risk * risk * massMass) / (risk * (1 - risk) * massMass);
  const ratio = risk < 1 ? Math.min(1, (failing * seen + PRIOR_FAILING) / (failing + PRIOR_FAILING)) : 1;
  const spread = (ratio * alpha * (1 - alpha) * massMass) / groups / cap ** 2;
  return { threshold, coverage, groupShare, risk, cap, mass: mean / cap, spread };
}
