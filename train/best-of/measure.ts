import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import type { Field } from './field.js';
import { type Fit, fittedJoint, lineFor, type Split } from './fitted.js';
import { joined, type Outcomes, outcomesOf } from './outcome.js';
import { FIRST } from './policies.js';
import type { Policy } from './policy.js';
import { jointQuality, policyQuality } from './quality.js';
import type { PolicyQuality } from './results.js';

/** What is measured: the held-out askings of each split, one split after the other. */
interface MeasureOptions {
  splits: readonly Split[];
  /** The question of each asking, also of those that are not measured. */
  group: Int32Array;
  counted: 'all' | 'written';
  resamples: number;
  random: Random;
}

/** Outcomes and quality of policies on the same askings. */
interface Measure {
  /** What was fitted for a policy, by split. */
  fits: (policy: Policy) => readonly Fit[];
  outcomes: (policy: Policy) => Outcomes;
  quality: (policy: Policy) => PolicyQuality;
  /** The question of each measured asking. */
  group: Int32Array;
}

export function measureOf(
  policies: ReadonlyMap<Policy, Field>,
  { splits, group: groups, counted, resamples, random }: MeasureOptions,
): Measure {
  const rows = Int32Array.from(splits.flatMap(({ held }) => [...held]));
  const group = rows.map((row) => groups[row]);
  const joints = remembered((field: Field) => splits.map((split) => fittedJoint(field, split)));
  const fits = remembered((policy: Policy) => {
    const field = policies.get(policy) as Field;
    return joints(field).map((fitted, s): Fit => {
      const line = lineFor(policy.method, field, splits[s].train, fitted.distributions);
      return { ...fitted, line };
    });
  });
  const outcomes = remembered((policy: Policy) => {
    const field = policies.get(policy) as Field;
    return joined(fits(policy).map((fit, s) => outcomesOf(policy, field, splits[s].held, fit)));
  });
  const joint = remembered((field: Field) => {
    const own = splits.flatMap(({ held }, s) => Array.from(held, (row) => joints(field)[s].distributions[row]));
    const truths = Array.from(rows, (row) => field.truths[row]);
    return jointQuality(own, truths, { group, weight: pick(field.weight, rows), resamples, random });
  });
  return {
    fits,
    outcomes,
    quality: (policy) => ({
      ...policy,
      ...policyQuality({ outcomes: outcomes(policy), first: outcomes(FIRST), group, counted, resamples, random }),
      joint: joint(policies.get(policy) as Field),
    }),
    group,
  };
}

/** Computes once per key, because several methods share a field, and several steps an outcome. */
function remembered<K, T>(of: (key: K) => T): (key: K) => T {
  const known = new Map<K, T>();
  return (key) => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const found = of(key);
    known.set(key, found);
    return found;
  };
}
