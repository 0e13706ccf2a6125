import type { Answer } from '../../data/token-list.js';
import type { AnswerScore } from '../scorer.js';
import { answersAt } from './answers-at.js';
import { type Case, isRecorded } from './case.js';
import type { Action, Policy } from './policy.js';
import { priceOf, type Stage, stopOf, sumOf, worth } from './prices.js';
import { probabilityOf } from './probability-of.js';
import { type PolicyScore, rowOf } from './row-of.js';
import { step } from './step.js';
import { valueAt } from './value-at.js';

/** Why a policy did what it did at one state. */
export interface Reason {
  /** The probability of the best answer so far, calibrated for this state; null if none can be judged. */
  probability: number | null;
  do: Action;
  /** The stage that is bought; null unless `do` is `buy`. */
  stage: string | null;
  /** The rule: from this probability on, below that one, the policy does this. */
  from: number;
  below: number;
  /**
   * Expected gain of buying over stopping, in money, less the price: by this the policy was chosen. Null at the last
   * state, and for a policy that is a plain threshold.
   */
  gain: number | null;
}

/** A stage that was bought: how long that took, and whether it was known already and cost no time. */
interface Purchase {
  stage: string;
  milliseconds: number;
  known: boolean;
}

/** A stage that was wanted and did not arrive. */
interface FailedStage {
  stage: string;
  milliseconds: number;
  reason: string;
  late: boolean;
}

/** How a question ended under a policy. */
export interface Followed {
  /** What the policy says, as `vouch score --policy` does. If a stage failed, it is an abstention or an escalation. */
  row: PolicyScore;
  /** The bundle's score of the answer that is returned, and the answer as the policy knew it. */
  score: AnswerScore;
  answer: Answer;
  /** The stage whose model gave that answer; null: the first answer. */
  from: string | null;
  steps: Reason[];
  purchases: Purchase[];
  failed: FailedStage | null;
}

/** What following a policy needs of the world. */
export interface World {
  score(records: Answer[]): Promise<AnswerScore[]>;
  /** The case with what a stage buys. Errors: whatever keeps it from that. */
  buy(stage: Stage, of: Case, signal: AbortSignal): Promise<Case>;
  /** Milliseconds that a stage may take. */
  deadlineOf(stage: string): number;
  /** The time in milliseconds. */
  now(): number;
  /** Nobody waits for the answer any more. */
  signal: AbortSignal;
  /** SHA-256 of the manifest of the bundle. */
  digest: string;
  /** What else differs from the certificate. Then nothing is accepted. */
  differs?: readonly string[];
}

/**
 * Follows a policy for one question, and buys a stage where the policy says so, and only there. A stage that fails, or
 * takes longer than its deadline, ends it: the best answer so far is returned, and is never accepted. Errors: those of
 * the scorer; the signal's reason.
 */
export async function followPolicy(start: Case, policy: Policy, world: World): Promise<Followed> {
  const { prices } = policy;
  const bought: string[] = [];
  const steps: Reason[] = [];
  const purchases: Purchase[] = [];
  for (let of = start; ; ) {
    const records = answersAt(of, new Set(bought), prices) as Answer[];
    const own = await world.score(records);
    const done = step(policy, { bought, probabilities: own.map(probabilityOf) });
    steps.push(reasonOf(policy, bought.length, done));
    const stage = prices.stages.find(({ name }) => name === done.stage);
    const end = (failed: FailedStage | null): Followed => {
      const at = Math.max(0, done.returns);
      const { digest, differs } = world;
      const row = rowOf(of, { done, stage, bought, own, policy, digest, differs });
      const from = at === 0 ? null : modelStages(policy, bought)[at - 1];
      const told = failed === null ? row : notAccepted(row, policy, failed.stage);
      return { row: told, score: own[at], answer: records[at], from, steps, purchases, failed };
    };
    if (stage === undefined) return end(null);
    const began = world.now();
    const known = isRecorded(of, stage);
    if (!known) {
      const got = await bounded((signal) => world.buy(stage, of, signal), world.deadlineOf(stage.name), world.signal);
      world.signal.throwIfAborted();
      const spent = { stage: stage.name, milliseconds: world.now() - began };
      if ('late' in got) return end({ ...spent, ...got });
      if (!isRecorded(got.value, stage)) return end({ ...spent, reason: 'it brought nothing', late: false });
      of = got.value;
    }
    purchases.push({ stage: stage.name, milliseconds: world.now() - began, known });
    bought.push(stage.name);
  }
}

type Bounded<T> = { value: T } | { reason: string; late: boolean };

/** The result of work that may fail and has a deadline. At the deadline, and when the client goes away, it is told to end. */
async function bounded<T>(
  work: (signal: AbortSignal) => Promise<T>,
  milliseconds: number,
  outer: AbortSignal,
): Promise<Bounded<T>> {
  const ending = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let gone = (): void => {};
  const late = new Promise<Bounded<T>>((resolve) => {
    const end = (how: Bounded<T>) => {
      resolve(how);
      ending.abort();
    };
    gone = () => end({ reason: 'nobody waits any more', late: false });
    timer = setTimeout(() => end({ reason: `it took longer than ${milliseconds / 1000} s`, late: true }), milliseconds);
  });
  outer.addEventListener('abort', gone, { once: true });
  try {
    const working = work(ending.signal).then(
      (value): Bounded<T> => ({ value }),
      (error): Bounded<T> => ({ reason: error instanceof Error ? error.message : String(error), late: false }),
    );
    return await Promise.race([late, working]);
  } finally {
    clearTimeout(timer);
    outer.removeEventListener('abort', gone);
  }
}

/** The stages among the bought ones that asked another model, in the order in which their answers are counted. */
function modelStages({ prices }: Policy, bought: readonly string[]): string[] {
  return prices.stages
    .filter(({ name, model }) => model !== undefined && bought.includes(name))
    .map(({ name }) => name);
}

/** The row where a stage failed. Its price counts: the request was sent. */
function notAccepted(row: PolicyScore, { prices }: Policy, stage: string): PolicyScore {
  const { money, tokens, milliseconds } = sumOf([row.spent, priceOf(prices, stage)]);
  const paid = { money, tokens, milliseconds };
  const { decision } = stopOf(prices);
  return { ...row, decision, claim: null, next: null, spent: { ...paid, worth: worth(paid, prices) } };
}

function reasonOf({ plan, values, prices }: Policy, k: number, done: ReturnType<typeof step>): Reason {
  const p = Number.isNaN(done.probability) ? null : done.probability;
  const cuts = plan.cuts[k];
  const at = cuts.findLastIndex(({ from }, i) => i === 0 || (p ?? 0) >= from);
  const known = values[k];
  const gain =
    known === undefined || known.probability.length === 0 || plan.order[k] === undefined
      ? null
      : valueAt(known, p ?? 0) - worth(priceOf(prices, plan.order[k]), prices);
  return { probability: p, do: done.do, stage: done.stage, from: cuts[at].from, below: cuts[at + 1]?.from ?? 1, gain };
}
