import { descending, tieEnds } from '../../metrics/ranking/order.js';
import { type Scored, tableOf } from '../../metrics/scored.js';

/** Sums over questions with an accepted answer. A question that is heavier than `cap` is scaled down to it. */
interface CappedSums {
  cap: number;
  /** Σ mass, Σ wrong, Σ mass², Σ mass·wrong, Σ wrong². */
  mass: number;
  wrong: number;
  massMass: number;
  massWrong: number;
  wrongWrong: number;
}

/** What the out-of-fold answers, which do not certify, show at or above one threshold. */
export interface Sight {
  threshold: number;
  /**
   * Share of the weight, and of the questions, that is accepted; number of these questions, and of those with errors.
   */
  coverage: number;
  groupShare: number;
  groups: number;
  failing: number;
  /** One entry per cap. The first cap is the heaviest question, so nothing is scaled down. */
  sums: CappedSums[];
}

/**
 * What a test is planned for, fixed beforehand. Mass and variance influence its power, never its validity; the cap is
 * part of the promise.
 */
export interface Profile {
  /** The most weight that the accepted answers of one question count with. */
  cap: number;
  /** Mean accepted weight of a question that has any, in units of the cap. */
  mass: number;
  /** Variance of Σ w (error − α) over such questions if the error rate were α, in the same units. */
  variance: number;
}

export interface Outlook extends Profile {
  threshold: number;
  coverage: number;
  groupShare: number;
  /** Number of questions with an accepted answer that this was observed on. */
  seen: number;
  /** Share of errors among the accepted, pulled towards α with the weight of one question. */
  risk: number;
}

/** Number of thresholds to evaluate: one at every hundredth of the answers. */
const STEPS = 100;
/** Caps to evaluate, as shares of the heaviest question's weight. */
const CAPS = [1, 0.8, 0.6, 0.5, 0.4, 0.3, 0.2, 0.15, 0.1, 0.05];
/** Prior weight, in failing questions, of "all rows of a question are wrong together". */
const PRIOR_FAILING = 5;

/**
 * Sights from strict to loose. Each threshold is halfway to the next lower probability; the last one is at `floor`,
 * below which nothing is accepted (0: everything may be accepted). One pass: O(n log n).
 */
export function sights(outOfFold: Scored, floor = 0, steps = STEPS): Sight[] {
  const { n, probability, label, weight, group, groups: all } = tableOf(outOfFold);
  const order = descending(probability);
  const whole = new Float64Array(all);
  for (let i = 0; i < n; i++) whole[group[i]] += weight[i];
  const total = whole.reduce((sum, w) => sum + w, 0);
  const heaviest = whole.reduce((most, w) => Math.max(most, w), 0);
  const sums = CAPS.map((share) => nothing(share * heaviest));
  const mass = new Float64Array(all);
  const wrong = new Float64Array(all);
  const found: Sight[] = [];
  let [groups, failing, top, accepted] = [0, 0, 0, 0];
  let start = 0;
  let step = 0;
  for (const end of tieEnds(probability, order)) {
    if (probability[order[start]] < floor) break;
    for (; start < end; start++) {
      const i = order[start];
      const g = group[i];
      const w = weight[i];
      const e = w * (1 - label[i]);
      if (mass[g] === 0 && w > 0) groups++;
      if (wrong[g] === 0 && e > 0) failing++;
      for (const sum of sums) add(sum, mass[g], wrong[g], -1);
      mass[g] += w;
      wrong[g] += e;
      for (const sum of sums) add(sum, mass[g], wrong[g], 1);
      accepted += w;
      top = Math.max(top, mass[g]);
    }
    const here = Math.floor((steps * end) / n);
    const last = end === n || probability[order[end]] < floor;
    if ((here === step && !last) || groups === 0) continue;
    step = here;
    const threshold = last ? floor : (probability[order[end - 1]] + probability[order[end]]) / 2;
    const binding = sums.slice(1).filter(({ cap }) => cap < top);
    found.push({
      threshold,
      coverage: accepted / total,
      groupShare: groups / all,
      groups,
      failing,
      sums: [{ ...sums[0], cap: top }, ...binding.map((sum) => ({ ...sum }))],
    });
  }
  return found;
}

/**
 * The outlooks of a threshold for an error rate α, one per allowed cap. Allowed are the heaviest question, and each
 * lower cap at which the share of errors is not smaller, so that a promise about capped questions also holds for all
 * answers. The variance is α(1 − α) E[mass²], the variance if whole questions are wrong, times a ratio: the observed
 * variance over the variance of whole wrong questions at the observed rate. The ratio is pulled towards 1 if few
 * questions fail.
 */
export function outlooksOf(
  { threshold, coverage, groupShare, groups, failing, sums }: Sight,
  alpha: number,
): Outlook[] {
  const usable = sums.filter(({ wrong, mass }, k) => k === 0 || wrong / mass >= sums[0].wrong / sums[0].mass);
  return usable.map(({ cap, mass, wrong, massMass, massWrong, wrongWrong }) => {
    const mean = mass / groups;
    const risk = (wrong + alpha * mean) / (mass + mean);
    const seen = (wrongWrong - 2 * risk * massWrong + risk * risk * massMass) / (risk * (1 - risk) * massMass);
    const ratio = risk < 1 ? Math.min(1, (failing * seen + PRIOR_FAILING) / (failing + PRIOR_FAILING)) : 1;
    const variance = (ratio * alpha * (1 - alpha) * massMass) / groups / cap ** 2;
    return { threshold, coverage, groupShare, seen: groups, risk, cap, mass: mean / cap, variance };
  });
}

function nothing(cap: number): CappedSums {
  return { cap, mass: 0, wrong: 0, massMass: 0, massWrong: 0, wrongWrong: 0 };
}

/** Adds (sign 1) or subtracts (sign −1) a question. */
function add(sum: CappedSums, mass: number, wrong: number, sign: number): void {
  if (mass === 0) return;
  const scale = Math.min(1, sum.cap / mass);
  const a = scale * mass;
  const b = scale * wrong;
  sum.mass += sign * a;
  sum.wrong += sign * b;
  sum.massMass += sign * a * a;
  sum.massWrong += sign * a * b;
  sum.wrongWrong += sign * b * b;
}
