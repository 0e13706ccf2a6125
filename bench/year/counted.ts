import { quantile } from '../../support/quantile.js';
import type { Accepted, Replay, Shipped } from './replay.js';
import { phaseOf, script } from './script.js';

/** Standard normal quantile of 95%. */
const CLEAR = 1.645;

/** Whether the error among accepted answers is above the target. */
export function isBroken({ accepted, wrong }: Accepted): boolean {
  return wrong > script.targetError * accepted;
}

/** Whether it is above by more than chance: the accepted answers of a short period are few. */
export function isClearlyBroken({ accepted, wrong }: Accepted): boolean {
  const { targetError } = script;
  const chance = CLEAR * Math.sqrt(accepted * targetError * (1 - targetError));
  return wrong > targetError * accepted + chance;
}

export function sumOf(weeks: readonly Accepted[]): Accepted {
  return {
    accepted: weeks.reduce((sum, { accepted }) => sum + accepted, 0),
    wrong: weeks.reduce((sum, { wrong }) => sum + wrong, 0),
  };
}

/** The weeks from the first change on. */
export function afterChanges(weeks: readonly Accepted[]): Accepted {
  return sumOf(weeks.filter((_, week) => phaseOf(week) > 0));
}

/** Recertifications of a replay: versions that the loop shipped with a promise, and that accepted anything. */
export function recertified({ shipped }: Replay): Shipped[] {
  return shipped.filter(({ isCertified, whole }) => isCertified && whole.accepted > 0);
}

/** What a version accepted before something changed that was not so when it was certified, in the week before it served. */
export function beforeChange({ loop }: Pick<Replay, 'loop'>, { from, to }: Pick<Shipped, 'from' | 'to'>): Accepted {
  return sumOf(loop.filter((_, week) => week >= from && week < to && phaseOf(week) === phaseOf(from - 1)));
}

/** Median, 10% and 90% quantile. */
export function spreadOf(values: readonly number[]): { median: number; low: number; high: number } {
  const sorted = Float64Array.from(values).sort();
  return { median: quantile(sorted, 0.5), low: quantile(sorted, 0.1), high: quantile(sorted, 0.9) };
}
