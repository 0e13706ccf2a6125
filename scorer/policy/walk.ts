import type { Answer } from '../../data/token-list.js';
import type { Decision, NoDecision } from '../decide.js';
import type { AnswerScore, Scorer } from '../scorer.js';
import { VERSION_DIGITS } from '../version-digits.js';
import { answersAt } from './answers-at.js';
import { type Case, isRecorded } from './case.js';
import { differences } from './conditions.js';
import type { Policy } from './policy.js';
import { type Price, priceOf, type Stage, stopOf, sumOf, worth } from './prices.js';
import { probabilityOf } from './probability-of.js';
import { type Step, step } from './step.js';

/** What a policy says about one question. */
export interface PolicyScore {
  /** The answer that is returned: the best one so far. */
  id: string;
  group: string;
  /** Calibrated for this state of the policy; null if the answer cannot be judged. */
  probability: number | null;
  /** Null if the policy wants another signal first. */
  decision: Decision;
  /** Null if the decision rests on the certified policy. */
  why: NoDecision | null;
  /** The fields that the next stage buys, if it is not recorded. */
  missing: string[] | null;
  pattern: string | null;
  /** The policy's claim behind an accept. */
  claim: string | null;
  bundle: string;
  /** The stage to buy next; null if the question is decided. */
  next: string | null;
  /** The stages that the policy has used, in order. */
  bought: string[];
  /** What was paid for them and for the first answer. `worth` is all of it in money. */
  spent: Price & { worth: number };
  /** What differs from the conditions of the certificate. */
  differs: string[];
}

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

interface Standing {
  done: Step;
  /** The stage that is wanted and not recorded. */
  stage: Stage | undefined;
  bought: string[];
  own: readonly AnswerScore[];
  policy: Policy;
  digest: string;
}

function rowOf(of: Case, { done, stage, bought, own, policy, digest }: Standing): PolicyScore {
  const { claim, conditions, prices } = policy;
  const best = own[Math.max(0, done.returns)];
  const differs = differences(of, conditions);
  const isCertified = claim !== null && differs.length === 0;
  const barred = done.returns < 0 ? best.why : null;
  const why = stage !== undefined ? 'missing signal' : (barred ?? (isCertified ? null : 'uncertified policy'));
  const accepts = why === null && done.do === 'accept';
  const paid = sumOf([prices.first.price, ...bought.map((name) => priceOf(prices, name))]);
  return {
    ...{ id: best.id, group: of.group, probability: Number.isNaN(done.probability) ? null : done.probability },
    decision: stage !== undefined ? null : accepts ? 'accept' : stopOf(prices).decision,
    why,
    missing: stage === undefined ? null : stage.model === undefined ? [...stage.fields] : [`answer of ${stage.model}`],
    ...{ pattern: best.pattern, claim: accepts ? (claim?.id ?? null) : null, bundle: digest.slice(0, VERSION_DIGITS) },
    ...{ next: stage?.name ?? null, bought, spent: { ...paid, worth: worth(paid, prices) }, differs },
  };
}
