import { Counter, Histogram, type Registry } from 'prom-client';
import type { Followed } from '../../../scorer/policy/follow.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { buyable } from './check-stages.js';

/** What a policy did, for Prometheus. */
export interface PolicyMetrics {
  /** Makes the series of a policy that came into use visible, at 0. */
  inUse(policy: Policy): void;
  followed(followed: Followed): void;
  /** An answer that the policy could not decide about. */
  unfollowed(): void;
}

const SECONDS = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

export function policyMetrics(registry: Registry): PolicyMetrics {
  const registers = [registry];
  const purchases = new Counter({
    name: 'vouch_policy_purchases_total',
    help: 'Stages that the policy bought; known: the signal had come with the answer already.',
    labelNames: ['stage', 'known'],
    registers,
  });
  const failures = new Counter({
    name: 'vouch_policy_failures_total',
    help: 'Stages that the policy wanted and that did not arrive; late: not before their deadline.',
    labelNames: ['stage', 'late'],
    registers,
  });
  const added = new Histogram({
    name: 'vouch_policy_stage_seconds',
    help: 'How long answers waited for a stage that was bought, or failed.',
    labelNames: ['stage'],
    buckets: SECONDS,
    registers,
  });
  const decisions = new Counter({
    name: 'vouch_policy_decisions_total',
    help: 'Questions by the decision of the policy, and by the reason why it does not rest on the certificate.',
    labelNames: ['decision', 'why'],
    registers,
  });
  const spent = new Counter({
    name: 'vouch_policy_spent_total',
    help: 'What first answers and stages cost by the prices of the policy; worth: all of it in money.',
    labelNames: ['unit'],
    registers,
  });
  const differs = new Counter({
    name: 'vouch_policy_differences_total',
    help: 'Questions with a difference from the conditions of the certificate. None of them is accepted.',
    labelNames: ['what'],
    registers,
  });
  for (const unit of ['money', 'tokens', 'milliseconds', 'worth']) spent.inc({ unit }, 0);
  return {
    inUse: (policy) => {
      for (const { name: stage } of buyable(policy)) {
        for (const known of ['yes', 'no']) purchases.inc({ stage, known }, 0);
        for (const late of ['yes', 'no']) failures.inc({ stage, late }, 0);
        added.zero({ stage });
      }
      for (const decision of ['accept', 'abstain', 'escalate']) decisions.inc({ decision, why: '' }, 0);
    },
    followed: ({ row, purchases: bought, failed }) => {
      for (const { stage, milliseconds, known } of bought) {
        purchases.inc({ stage, known: known ? 'yes' : 'no' });
        if (!known) added.observe({ stage }, milliseconds / 1000);
      }
      if (failed !== null) {
        failures.inc({ stage: failed.stage, late: failed.late ? 'yes' : 'no' });
        added.observe({ stage: failed.stage }, failed.milliseconds / 1000);
      }
      decisions.inc({ decision: row.decision ?? 'none', why: row.why ?? '' });
      for (const [unit, amount] of Object.entries(row.spent)) spent.inc({ unit }, amount);
      for (const what of row.differs) differs.inc({ what });
    },
    unfollowed: () => decisions.inc({ decision: 'none', why: 'not followed' }),
  };
}
