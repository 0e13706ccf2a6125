import type { Random } from '../support/random.js';
import { binomialTail } from '../train/certify/binomial-tail.js';
import type { GroupSums } from '../train/certify/group-sums.js';

/**
 * Exact binomial test on one answer per question: a question stays with chance `mass` (so that answers count alike, not
 * questions), then one of its accepted answers is drawn by weight and called wrong with chance 1 − label: together a
 * coin with chance wrong / mass. The coins are independent and fall wrong with chance ≥ α if the errors do, so P(Bin(n,
 * α) ≤ wrong) is a p-value. Less powerful than `bettingTest` where questions hold several answers. Source: Clopper &
 * Pearson 1934.
 */
export function onePerGroupTest(
  { mass, wrong }: Pick<GroupSums, 'mass' | 'wrong'>,
  alpha: number,
  random: Random,
): number {
  let trials = 0;
  let failures = 0;
  for (let i = 0; i < mass.length; i++) {
    if (random.next() >= mass[i]) continue;
    trials++;
    if (random.next() * mass[i] < wrong[i]) failures++;
  }
  return trials === 0 ? 1 : binomialTail(trials, alpha, failures);
}
