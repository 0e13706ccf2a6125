import { shortest } from '../../../scorer/batch/out/shortest.js';
import type { Followed, Reason } from '../../../scorer/policy/follow.js';
import type { PolicyScore } from '../../../scorer/policy/row-of.js';

/** How a policy came to its decision, as the `vouch` field says it. Money is in the unit of the prices. */
export interface PolicyField {
  /** The stages that the policy bought, in order. */
  bought: string[];
  /** What the answer waited for each of them, in milliseconds; `known`: the signal was there already. */
  stages: { stage: string; milliseconds: number; known?: true }[];
  /** The stage that failed. Then nothing is accepted. */
  failed: { stage: string; milliseconds: number; reason: string } | null;
  /** The stage whose model gave the answer that is returned; null: it is the first answer. */
  returned: string | null;
  /** What the policy did at each state, and by which rule. */
  steps: Reason[];
  /** What the first answer and the stages cost by the prices of the policy; `worth` is all of it in money. */
  spent: PolicyScore['spent'];
  /** Milliseconds that all stages added. */
  milliseconds: number;
  /** What differs from the certificate. Where anything does, nothing is accepted. */
  differs: string[];
}

export function policyField({ row, purchases, failed, from, steps }: Followed): PolicyField {
  const added = purchases.reduce((sum, { milliseconds }) => sum + milliseconds, failed?.milliseconds ?? 0);
  return {
    bought: row.bought,
    stages: purchases.map(({ stage, milliseconds, known }) => ({
      ...{ stage, milliseconds: Math.round(milliseconds) },
      ...(known ? { known } : {}),
    })),
    failed:
      failed === null
        ? null
        : {
            stage: failed.stage,
            milliseconds: Math.round(failed.milliseconds),
            reason: failed.reason.slice(0, LONGEST),
          },
    returned: from,
    steps: steps.map((each) => ({
      ...each,
      probability: each.probability === null ? null : shortest(each.probability),
      gain: each.gain === null ? null : shortest(each.gain),
    })),
    spent: row.spent,
    milliseconds: Math.round(added),
    differs: row.differs,
  };
}

/** The longest reason for a failure, in characters. */
const LONGEST = 200;
