import { binomialTail } from './binomial-tail.js';
import type { GroupSums } from './group-sums.js';

/** Prior weight, in failing questions, of "all rows of a question are wrong together". */
const PRIOR_FAILING = 5;
/** A question is heavy if it weighs more than this many mean questions. */
const HEAVY = 4;

/** Answers as binomial trials: how many trials and failures they count as, and how much one trial weighs. */
export interface EffectiveTrials {
  trials: number;
  failures: number;
  size: number;
}

/**
 * Asymptotic test of "errors among accepted ≥ α" on sums by question: the exact binomial tail on an effective number of
 * trials. With one answer per question it is the binomial test itself; so, unlike a t-test, it does not certify too
 * often when failures are few. Clusters, and sums over several predictors, make the test asymptotic.
 */
export function clusteredBinomialTest(sums: Pick<GroupSums, 'mass' | 'wrong'>, alpha: number): number {
  const { trials, failures } = effectiveTrials(sums);
  if (!(trials > 0) || failures >= alpha * trials) return 1;
  return tailBetween(trials, alpha, failures);
}

/**
 * The effective number of trials: a trial weighs s = ratio · E[mass²] / E[mass]. Here ratio is the variance of
 * Σ w (error − risk), divided by the variance it would have if whole questions were wrong. There are Σ mass / s trials
 * with Σ wrong / s failures. If a few questions are heavy, the observed variance is often too small; so the weight of
 * the heaviest question beyond HEAVY mean questions is added once more, as wrong. No trials if nothing is accepted.
 * Source: effective sample size as in Korn & Graubard 1998; the rule for heavy questions is ours
 * (bench/certify-boundary).
 */
export function effectiveTrials({ mass, wrong }: Pick<GroupSums, 'mass' | 'wrong'>): EffectiveTrials {
  let [groups, failing, m, w, mm, mw, ww, heaviest] = [0, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 0; i < mass.length; i++) {
    if (mass[i] === 0) continue;
    groups++;
    if (wrong[i] > 0) failing++;
    m += mass[i];
    w += wrong[i];
    mm += mass[i] ** 2;
    mw += mass[i] * wrong[i];
    ww += wrong[i] ** 2;
    heaviest = Math.max(heaviest, mass[i]);
  }
  if (groups === 0) return { trials: 0, failures: 0, size: 1 };
  const more = Math.max(0, heaviest - (HEAVY * m) / groups);
  const risk = w / m;
  const varies = risk > 0 && risk < 1;
  const seen = varies ? (ww - 2 * risk * mw + risk * risk * mm) / (risk * (1 - risk) * mm) : 1;
  const ratio = (failing * seen + PRIOR_FAILING) / (failing + PRIOR_FAILING);
  const size = (ratio * mm) / m;
  return { trials: (m + more) / size, failures: (w + more) / size, size };
}

/** The binomial tail at a fractional number of failures: linear interpolation of its log between integers. */
function tailBetween(n: number, q: number, c: number): number {
  const whole = Math.floor(c + 1e-9);
  const part = Math.max(0, c - whole);
  const [a, b] = [binomialTail(n, q, whole), binomialTail(n, q, whole + 1)];
  return part === 0 ? a : Math.exp((1 - part) * Math.log(a) + part * Math.log(b));
}
