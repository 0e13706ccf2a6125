import { type Outlooked, outlookOf } from '../certify/outlook-of.js';
import type { CaseTable } from '../table.js';
import type { Candidate } from './candidates.js';

/** A candidate with the predicted chance that it is certified. */
export interface Planned extends Candidate {
  outlook: Outlooked;
}

interface SequencePlan {
  alpha: number;
  delta: number;
  /** Number of certify questions. */
  groups: number;
  /** The most that one question can weigh; null: as observed. */
  cap: number | null;
}

/** A predicted power of at least this share of the best one counts as best. */
const NEAR = 0.95;
/** A bolder plan is tested only if it has at least this predicted power, and costs this share less than the last. */
const LEAST_POWER = 0.02;
const CHEAPER = 0.002;
/** The most plans in a sequence. */
const MOST = 24;

/**
 * The plans to test, in order, from the fit cases alone: from cautious to bold. The first is the cheapest of those with
 * the highest predicted power. Each next one costs less on the fit cases and is less likely to pass; of all candidates,
 * those are kept that no other one beats in both. Empty if nothing could pass.
 */
export function sequenceOf(candidates: readonly Candidate[], fit: CaseTable, plan: SequencePlan): Planned[] {
  const planned = candidates
    .flatMap((candidate): Planned[] => {
      const outlook = outlookOf(fit, candidate.outcome, plan);
      return outlook === null || outlook.power < LEAST_POWER ? [] : [{ ...candidate, outlook }];
    })
    .sort((a, b) => b.outlook.power - a.outlook.power || a.account.total - b.account.total);
  if (planned.length === 0) return [];
  const enough = NEAR * planned[0].outlook.power;
  const sure = planned.filter(({ outlook }) => outlook.power >= enough);
  const kept = [sure.reduce((best, each) => (each.account.total < best.account.total ? each : best))];
  for (const each of planned) {
    if (each.account.total < kept[kept.length - 1].account.total * (1 - CHEAPER) && each.outlook.power < enough)
      kept.push(each);
  }
  return thinned(kept);
}

/** At most `MOST` plans, with the first and the last. */
function thinned(plans: readonly Planned[]): Planned[] {
  if (plans.length <= MOST) return [...plans];
  return Array.from({ length: MOST }, (_, i) => plans[Math.round((i * (plans.length - 1)) / (MOST - 1))]);
}
