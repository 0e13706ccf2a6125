/** What a chain needs. The caller defines a step: a threshold, or one threshold for each fold predictor. */
export interface ChainPlan<Step> {
  /** Error rates of the curve. */
  alphas: readonly number[];
  /** Upper bound of the probability that any claim of the whole curve is false. */
  delta: number;
  /**
   * Steps for α, from strict to loose, planned for a test at `level`. The first is the gate of α: choose one with the
   * highest predicted power. Steps must not depend on the labels that are tested. Empty: α has no chance at this level.
   */
  candidates: (alpha: number, level: number) => readonly Step[];
  /** p-value of "the error rate at this step is at least α". It is valid at every level; bets may aim at `level`. */
  test: (step: Step, at: { alpha: number; level: number }) => number;
}

/** The result of the chain for one α. */
export interface Link<Step> {
  alpha: number;
  /** The loosest step that passed at this α; null if the gate failed or was not reached. */
  passed: Step | null;
  /** The level of the test at the gate, and at each looser step; 0 if not tested. */
  gate: number;
  loosening: number;
}

/**
 * A chain of tests over several α, from the largest to the smallest: with confidence 1 − δ all its claims hold. The
 * first gate is tested at level δ. A gate that passes keeps one share of its level to loosen the threshold at its α (a
 * fixed sequence) and gives the rest to the next gate. With k αs left the share is 1 / k, so no test gets less than δ /
 * (number of αs), the level of Bonferroni. A sequence that passes to its end gives away its share too. A gate that
 * fails ends the chain; so the steps are planned for the low level of the looser ones, and the gate is tested at a
 * higher level. Steps and shares are fixed before the first test. Source: graphical procedures, Bretz et al. 2009,
 * Statistics in Medicine 28.
 */
export function chain<Step>({ alphas, delta, candidates, test }: ChainPlan<Step>): Link<Step>[] {
  const planned = plan({ alphas, delta, candidates });
  let level = delta;
  return planned.map(({ alpha, steps, aim, share }) => {
    const gate = level;
    if (steps.length === 0 || gate === 0) return { alpha, passed: null, gate: 0, loosening: 0 };
    if (!(test(steps[0], { alpha, level: aim }) <= gate)) {
      level = 0;
      return { alpha, passed: null, gate, loosening: 0 };
    }
    const loosening = share * level;
    const asked = { alpha, level: share * aim };
    const failed = steps.findIndex((step, k) => k > 0 && !(test(step, asked) <= loosening));
    if (failed !== -1) level -= loosening;
    return { alpha, passed: steps.at(failed === -1 ? -1 : failed - 1) as Step, gate, loosening };
  });
}

interface Planned<Step> {
  alpha: number;
  steps: readonly Step[];
  /** The least level of the gate if all gates before it pass. */
  aim: number;
  /** Share of the level that is kept for loosening. */
  share: number;
}

/** Steps and shares for each α, largest first, from what is known before any test. */
function plan<Step>({ alphas, delta, candidates }: Omit<ChainPlan<Step>, 'test'>): Planned<Step>[] {
  const falling = [...alphas].sort((a, b) => b - a);
  const live = falling.map((alpha) => candidates(alpha, delta).length > 0);
  let aim = delta;
  return falling.map((alpha, j) => {
    const left = live.slice(j).filter(Boolean).length;
    const sure = live[j] ? candidates(alpha, aim / left) : [];
    const steps = live[j] && sure.length === 0 ? candidates(alpha, aim) : sure;
    const share = steps.length > 1 ? 1 / left : 0;
    const planned = { alpha, steps, aim, share };
    aim -= share * aim;
    return planned;
  });
}
