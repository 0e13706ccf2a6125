import type { Decision, NoDecision } from '../decide.js';
import type { AnswerScore } from '../scorer.js';
import { VERSION_DIGITS } from '../version-digits.js';
import type { Case } from './case.js';
import { differences } from './conditions.js';
import type { Policy } from './policy.js';
import { type Price, priceOf, type Stage, stopOf, sumOf, worth } from './prices.js';
import type { Step } from './step.js';

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

/** Where a question stands when the policy has nothing more to do with it. */
interface Standing {
  done: Step;
  /** The stage that is wanted and not recorded. */
  stage: Stage | undefined;
  bought: readonly string[];
  own: readonly AnswerScore[];
  policy: Policy;
  digest: string;
  /** What else differs from the certificate. */
  differs?: readonly string[];
}

/** The row of a question. An accept rests on the certificate, or there is none. */
export function rowOf(
  of: Case,
  { done, stage, bought, own, policy, digest, differs: more = [] }: Standing,
): PolicyScore {
  const { claim, conditions, prices } = policy;
  const best = own[Math.max(0, done.returns)];
  const differs = [...new Set([...more, ...differences(of, conditions)])];
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
    ...{ next: stage?.name ?? null, bought: [...bought], spent: { ...paid, worth: worth(paid, prices) }, differs },
  };
}
