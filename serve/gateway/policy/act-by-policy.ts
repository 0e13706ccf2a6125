import { namingOn } from '../../../data/naming.js';
import type { AnswerRecord } from '../../../data/record.js';
import { shortest } from '../../../scorer/batch/out/shortest.js';
import { withoutFields } from '../../../scorer/policy/answers-at.js';
import { type Followed, followPolicy } from '../../../scorer/policy/follow.js';
import type { Policy } from '../../../scorer/policy/policy.js';
import { storedBasis } from '../../../scorer/policy/stored-basis.js';
import type { AnswerScore } from '../../../scorer/scorer.js';
import type { Loaded } from '../../bundle/loaded.js';
import type { PolicyInUse } from '../../bundle/policy-in-use.js';
import type { StoredRow } from '../../store/stored-row.js';
import type { GatewayParts } from '../parts.js';
import type { Ask } from '../upstream/ask.js';
import type { Route } from '../upstream/ask-upstream.js';
import type { Acted } from '../verdict/acted.js';
import { putInstead } from '../verdict/put-instead.js';
import { whyOf } from '../verdict/read-pair.js';
import { noAnswer, unscored, type Verdict } from '../verdict/verdict.js';
import type { Whole } from '../whole.js';
import { buyerFor } from './buyer.js';
import { policyField } from './policy-field.js';
import type { PolicyParts } from './policy-parts.js';
import { type Reading, recordsIn } from './record-in.js';
import { scoringWith } from './scoring.js';

type Way = Omit<Route, 'upstream' | 'model'>;

/**
 * Follows the policy for a first answer that has arrived. The client gets the answer that the policy returns, perhaps
 * another model's; where it is not accepted, the text replaces it. A policy decides about one answer: a response without
 * one gets no score, and of several none is accepted.
 */
export async function actByPolicy(
  parts: GatewayParts & { following: PolicyParts },
  ask: Ask,
  first: Whole,
  way: Way,
): Promise<Acted> {
  const { live, judge, following } = parts;
  const loaded = live.take();
  try {
    const { verdict, whole } = await followed(parts, ask, first, { loaded, way });
    return putInstead(parts, ask, { whole, verdicts: [verdict] });
  } catch (error) {
    way.signal.throwIfAborted();
    judge.failed(error);
    following.metrics.unfollowed();
    return putInstead(parts, ask, { whole: first, verdicts: [unscored(whyOf(error))] });
  } finally {
    live.give(loaded);
  }
}

async function followed(
  parts: GatewayParts & { following: PolicyParts },
  ask: Ask,
  first: Whole,
  { loaded, way }: { loaded: Loaded; way: Way },
): Promise<{ verdict: Verdict; whole: Whole }> {
  const { judge, following, options } = parts;
  const inUse = loaded.policy as PolicyInUse;
  const { scorer } = loaded;
  const reading: Reading = { judge, naming: namingOn(scorer.manifest.naming, options.naming), side: loaded.side };
  const nothing = (verdict: Verdict) => {
    following.metrics.unfollowed();
    return { verdict, whole: first };
  };
  if (first.large !== null) return nothing(unscored(first.large));
  if (!ask.api.holds(first.response)) return nothing({ ...noAnswer, finish: 'error' });
  const answers = ask.api.answers(ask.body, first.response).length;
  if (answers === 0) return nothing({ ...noAnswer, finish: 'error' });
  if (answers > 1) return nothing(unscored('the policy decides about one answer, and these are several'));
  const { response, received } = first;
  const arriving = { response, received, ofQuestion: false, signal: way.signal };
  const [record] = await recordsIn(reading, ask, arriving);
  if ('scored' in record) return nothing(record as Verdict);

  const { policy } = inUse;
  const answer = withoutFields(record as AnswerRecord, soldFields(policy));
  const wholes = new Map<string, Whole>();
  const start = { group: answer.group ?? answer.id ?? '', first: answer, others: new Map() };
  const scoring = scoringWith(loaded, { judge, signal: way.signal });
  const done = await followPolicy(start, policy, {
    score: (records) => scoring.score(records as AnswerRecord[]),
    buy: buyerFor({ parts, following, inUse, ask, route: way, reading, wholes }),
    deadlineOf: following.deadlineOf,
    now: () => performance.now(),
    signal: way.signal,
    digest: scorer.digest,
    differs: [...inUse.differs, ...(answer.selected === true ? ['selected'] : [])],
  });
  following.metrics.followed(done);
  const score = storedScore(done);
  const aside = scoring.asideOf(done.score);
  judge.scored(aside?.record ?? done.answer, score, aside?.row && storedAs(aside.row, score));
  const whole = done.from === null ? first : (wholes.get(done.from) as Whole);
  return { verdict: verdictOf(done, loaded.version), whole };
}

/**
 * The fields that stages buy for the first answer, and that a client could send. They are certified as the gateway buys
 * them, so those of a client do not count. Log-probabilities come with the answer.
 */
function soldFields({ prices }: Policy): string[] {
  const own = prices.stages.filter(({ model }) => model === undefined);
  return own.flatMap(({ fields }) => fields).filter((field) => field !== 'tokens' && field !== 'choices');
}

/** The bundle's score of the returned answer with the decision of the policy, as it is counted and stored. */
function storedScore({ score, row, failed }: Followed): AnswerScore {
  const { decision, why, missing, claim, bought } = row;
  const basis = storedBasis(bought, failed?.stage);
  return { ...score, decision, why, missing, claim, basis, promise: null };
}

/** A row of a thread, which knows no policy, with its decision. */
function storedAs(row: StoredRow, { decision, why, missing, claim, basis, promise }: AnswerScore): StoredRow {
  return { ...row, decision, why, missing: missing === null ? null : JSON.stringify(missing), claim, basis, promise };
}

function verdictOf(done: Followed, bundle: string): Verdict {
  const { row, score } = done;
  const { decision, why, missing, claim } = row;
  return {
    ...{ scored: true, probability: row.probability === null ? null : shortest(row.probability) },
    ...{ decision, why, missing, claim, basis: null, promise: null, low: null, high: null },
    ...{ shift: shortest(score.shift), pattern: score.pattern, bundle },
    policy: policyField(done),
  };
}
