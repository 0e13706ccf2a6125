import type { Random } from '../../support/random.js';
import { certifyPlans, type TestedPlan } from '../certify/certify-plans.js';
import type { CaseTable } from '../table.js';
import { type Candidate, candidatesOf, type Search } from './candidates.js';
import { type Planned, sequenceOf } from './sequence.js';

export interface Chosen {
  candidates: Candidate[];
  sequence: Planned[];
  tested: TestedPlan[];
  certified: TestedPlan | null;
}

/** Everything between calibrated probabilities and a certified plan: candidates and their order from `fit`, then tests. */
export function chooseAndCertify(
  fit: CaseTable,
  certify: CaseTable,
  { delta, cap = null, ...search }: Search & { delta: number; cap?: number | null },
  random: Random,
): Chosen {
  const { alpha, economy } = search;
  const candidates = candidatesOf(fit, search);
  const groups = new Set(certify.group).size;
  const sequence = sequenceOf(candidates, fit, { alpha, delta, groups, cap });
  const { certified, tested } = certifyPlans(sequence, certify, { alpha, delta, names: economy.names }, random);
  return { candidates, sequence, tested, certified };
}
