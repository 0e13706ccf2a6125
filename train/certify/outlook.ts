import type { Table } from '../../metrics/scored.js';
import { capped, type GroupSum, groupSums, plainOrder } from './group-sums.js';

/**
 * What the bets of a test are laid out for, fixed beforehand from answers that are not certified on: it decides power, never
 * validity (but the cap is part of the promise: no question counts as more than that).
 */
export interface Profile {
  /** The most that one question's accepted answers can weigh. */
  cap: number;
  /** Mean accepted weight of a question that has any, in units of the cap. */
  mass: number;
  /** Variance of Σ w (error − α) over such questions if the error rate were α, in the same units. */
  spread: number;
}

/** What out-of-fold answers say of one threshold. */
export interface Outlook extends Profile {
  threshold: number;
  /** Share of the weight accepted, and of the questions that have an accepted answer. */
  coverage: number;
  groupShare: number;
  /** Share of errors among the accepted, drawn towards α by one question's worth. */
  risk: number;
}

/** Questions with errors that stand for "rows of a question err together" until the data say otherwise. */
const PRIOR_ERRORS = 5;

/** The outlook of a threshold from out-of-fold answers; null where none is accepted. */
export function outlookOf(table: Table, threshold: number, alpha: number): Outlook | null {
  const sums = groupSums(table, threshold, plainOrder(table));
  if (sums.length === 0) return null;
  const cap = sums.reduce((most, { mass }) => Math.max(most, mass), 0);
  const units = capped(sums, cap);
  const mass = total(units, (sum) => sum.mass);
  const mean = mass / units.length;
  const risk = (total(units, (sum) => sum.wrong) + alpha * mean) / (mass + mean);
  return {
    threshold,
    cap,
    mass: mean,
    spread: spreadOf(units, risk, alpha),
    coverage: (mass * cap) / table.weight.reduce((sum, w) => sum + w, 0),
    groupShare: units.length / table.groups,
    risk,
  };
}

/**
 * The spread at error rate α: that of errors which fall on whole questions, α(1 − α) E[mass²], times the ratio of the
 * variance seen to what that would be at the rate seen; drawn towards 1 where few questions have errors.
 */
function spreadOf(units: GroupSum[], risk: number, alpha: number): number {
  const squares = total(units, (sum) => sum.mass ** 2);
  const seen = total(units, (sum) => (sum.wrong - risk * sum.mass) ** 2) / (risk * (1 - risk) * squares);
  const errors = units.filter((sum) => sum.wrong > 0).length;
  const ratio = Math.min(1, (errors * seen + PRIOR_ERRORS) / (errors + PRIOR_ERRORS));
  return (ratio * alpha * (1 - alpha) * squares) / units.length;
}

function total(sums: GroupSum[], of: (sum: GroupSum) => number): number {
  return sums.reduce((all, sum) => all + of(sum), 0);
}
