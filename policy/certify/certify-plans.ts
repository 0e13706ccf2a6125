import { tableOf } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { bettingTest } from '../../train/certify/betting.js';
import { groupSums } from '../../train/certify/group-sums.js';
import { type Outcome, outcomeOf } from '../choose/outcome.js';
import type { Planned } from '../choose/sequence.js';
import type { CaseTable } from '../table.js';
import { ACCEPTED, scoredBy } from './outlook-of.js';

/** A plan with the result of its test. */
export interface TestedPlan {
  candidate: Planned;
  outcome: Outcome;
  pvalue: number;
  groups: number;
  acceptedGroups: number;
  /** The most weight that a question counts with, and how many accepted questions are heavier. */
  cap: number;
  capped: number;
  coverage: number;
  error: number | null;
}

/** How plans are tested; the certificate names it. */
export const METHOD =
  'betting on one value per question, returned and accepted · (error − α), fixed sequence of policies';

/**
 * Tests frozen plans on the certify cases, in their order, each at level δ, until one fails. With a probability of at
 * least 1 − δ, no plan that passed has more than α errors among the answers that it returns and accepts: a false pass
 * means that the first true null hypothesis of the sequence was rejected. Neither the plans nor their order may depend
 * on these cases. Source: Angelopoulos et al. 2021 (Learn then Test), sec. 4; the test is that of thresholds.
 */
export function certifyPlans(
  sequence: readonly Planned[],
  certify: CaseTable,
  { alpha, delta, names }: { alpha: number; delta: number; names: readonly string[] },
  random: Random,
): { certified: TestedPlan | null; tested: TestedPlan[] } {
  const tested: TestedPlan[] = [];
  let certified: TestedPlan | null = null;
  const { groups } = tableOf({ probability: certify.weight, label: certify.weight, group: certify.group });
  const order = random.fork('order').shuffle(Int32Array.from({ length: groups }, (_, g) => g));
  for (const candidate of sequence) {
    const outcome = outcomeOf(candidate.plan, certify, names);
    const table = tableOf(scoredBy(certify, outcome));
    const sums = groupSums(table, ACCEPTED, candidate.outlook.cap, order);
    const pvalue = bettingTest(sums, candidate.outlook, alpha, delta);
    const shown = standing(certify, outcome);
    const weighed = { cap: candidate.outlook.cap, capped: sums.capped };
    tested.push({ candidate, outcome, pvalue, groups, acceptedGroups: sums.mass.length, ...weighed, ...shown });
    if (!(pvalue <= delta)) break;
    certified = tested[tested.length - 1];
  }
  return { certified, tested };
}

function standing({ weight }: CaseTable, { accepted, y }: Outcome): { coverage: number; error: number | null } {
  let [all, mass, wrong] = [0, 0, 0];
  weight.forEach((w, i) => {
    all += w;
    if (!accepted[i]) return;
    mass += w;
    wrong += w * (1 - y[i]);
  });
  return { coverage: all > 0 ? mass / all : 0, error: mass > 0 ? wrong / mass : null };
}
