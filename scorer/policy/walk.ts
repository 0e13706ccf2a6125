import type { Answer } from '../../data/token-list.js';
import type { Scorer } from '../scorer.js';
import { answersAt } from './answers-at.js';
import { type Case, isRecorded } from './case.js';
import type { Policy } from './policy.js';
import { probabilityOf } from './probability-of.js';
import { type PolicyScore, rowOf } from './row-of.js';
import { step } from './step.js';

/** Questions per call of the scorer. */
const CHUNK = 128;

/**
 * Follows a policy through cases as far as their signals are recorded. Each state sees only what the policy has bought
 * until then, even if more is recorded, as the certificate asks for. The result is in the order of the cases.
 */
export async function walkCases(
  cases: readonly Case[],
  { policy, scorer }: { policy: Policy; scorer: Scorer },
): Promise<PolicyScore[]> {
  const { plan, prices } = policy;
  const found = new Array<PolicyScore>(cases.length);
  for (let start = 0; start < cases.length; start += CHUNK) {
    let active = [...cases.keys()].slice(start, start + CHUNK);
    for (let k = 0; active.length > 0; k++) {
      const bought = plan.order.slice(0, k);
      const records = active.map((i) => answersAt(cases[i], new Set(bought), prices) as Answer[]);
      const scores = await scorer.scoreMany(records.flat());
      const goesOn: number[] = [];
      let next = 0;
      active.forEach((i, j) => {
        const own = scores.slice(next, (next += records[j].length));
        const done = step(policy, { bought, probabilities: own.map(probabilityOf) });
        const stage = prices.stages.find(({ name }) => name === done.stage);
        if (stage !== undefined && isRecorded(cases[i], stage)) goesOn.push(i);
        else found[i] = rowOf(cases[i], { done, stage, bought, own, policy, digest: scorer.digest });
      });
      active = goesOn;
    }
  }
  return found;
}
