import type { GroupSums } from './group-sums.js';
import type { Profile } from './outlook.js';
import { trialOf, wager } from './wager.js';

/** A stake this near to 1 counts as 1. This costs a billionth of δ. */
const REACHED = 1 - 1e-9;

/**
 * Betting test of "errors among accepted ≥ α" on sums by question. With X_g = wrong_g − α mass_g ∈ [−α, 1 − α], the
 * stake starts at δ and becomes v − bet·X_g ≥ 0; each bet is fixed before its question is seen. If E[X] ≥ 0, the stake
 * is a non-negative supermartingale, so it reaches 1 with a probability of at most δ (Ville). Several rows per
 * question, soft labels and weights are allowed. The test assumes only that questions are drawn independently, in an
 * order drawn without looking. Returns the p-value δ / (highest stake), ≤ δ where certified. Source: Waudby-Smith &
 * Ramdas 2024, sec. 4.
 */
export function bettingTest(
  { mass, wrong }: Pick<GroupSums, 'mass' | 'wrong'>,
  profile: Profile,
  alpha: number,
  delta: number,
): number {
  const trial = trialOf(profile, alpha);
  let stake = delta;
  let highest = delta;
  for (let i = 0; i < mass.length && stake > 0; i++) {
    const bet = wager(stake, mass.length - i, trial, alpha);
    stake = Math.max(0, stake - bet * (wrong[i] - alpha * mass[i]));
    highest = Math.max(highest, stake);
    if (highest >= REACHED) return delta;
  }
  return delta / highest;
}
