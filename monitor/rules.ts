import { VouchError } from '../support/errors.js';
import { LEAST_CHANCE } from './promise/stakes.js';

/** How the monitor judges. The first three are fixed for as long as a state file lives. */
export interface MonitorRules {
  /** The smallest chance with which an answer is drawn for a label, .02 to 1. Larger: promises are decided sooner. */
  leastChance: number;
  /** Average number of drawn labels between two false alarms of a recent change. */
  runLength: number;
  /** Seed of the draws. */
  seed: number;
  /** Number of answers that a run draws for the queue, on average. */
  queueLabels: number;
  /** Days after which a label that has not arrived is given up. */
  dueDays: number;
  /** Chance of a false alarm of drift per run, and the smallest distance from training that matters. */
  driftLevel: number;
  leastDrift: number;
  /** The chance with which the labels in the answers were drawn, fixed before they were given; null: feedback. */
  drawn: number | null;
}

/** Defaults of `vouch monitor`. */
export const monitorDefaults: MonitorRules = {
  leastChance: 0.1,
  runLength: 5000,
  seed: 1,
  queueLabels: 100,
  dueDays: 30,
  driftLevel: 0.001,
  leastDrift: 0.05,
  drawn: null,
};

/** Why labels are drawn by the queue, or were drawn before, but not both. */
export const QUEUE_OR_DRAWN = 'all questions take part in the draw that --drawn describes, so none is left for a queue';

/** Allowed values: from, to (both included). */
const ranges: Readonly<Record<keyof MonitorRules, readonly [low: number, high: number]>> = {
  leastChance: [LEAST_CHANCE, 1],
  runLength: [10, 1e9],
  seed: [0, Number.MAX_SAFE_INTEGER],
  queueLabels: [1, 10_000],
  dueDays: [0, 3650],
  driftLevel: [0, 0.5],
  leastDrift: [0, 1],
  drawn: [LEAST_CHANCE, 1],
};

/** The rules of a run, checked. Error: BAD_USAGE with the name and what is allowed. */
export function monitorRules(given: Partial<MonitorRules>): MonitorRules {
  const rules = { ...monitorDefaults };
  for (const name of Object.keys(monitorDefaults) as (keyof MonitorRules)[]) {
    const value = given[name] ?? rules[name];
    const [low, high] = ranges[name];
    if (value !== null && !(value >= low && value <= high)) {
      const expected = `${low} to ${high}`;
      throw new VouchError('BAD_USAGE', 'this is out of range', { field: name, expected, got: value });
    }
    Object.assign(rules, { [name]: value });
  }
  if (rules.drawn === null || rules.drawn >= rules.leastChance) return rules;
  throw new VouchError('BAD_USAGE', 'labels were drawn with a smaller chance than leastChance allows', {
    ...{ field: 'drawn', expected: `${rules.leastChance} or more`, got: rules.drawn },
  });
}
