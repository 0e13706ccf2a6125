import { readBundle } from '../../models/bundle/read.js';
import { policyIn } from '../../scorer/policy/policy-in.js';
import { stopOf } from '../../scorer/policy/prices.js';
import { probabilityOf } from '../../scorer/policy/probability-of.js';
import { actionAt, onLine } from '../../scorer/policy/step.js';
import type { AnswerScore } from '../../scorer/scorer.js';
import type { ScoredTable } from '../../store/schema.js';

/** The words of a stored decision. */
type Words = Pick<ScoredTable, 'decision' | 'why' | 'pattern' | 'slice' | 'claim' | 'basis' | 'promise'>;

/** Reasons that are not in the stored signals: a stage failed, or something differed from the certificate. */
const ELSEWHERE: readonly (string | null)[] = ['missing signal', 'uncertified policy'];

/**
 * The decision of a policy from the score of the returned answer and the stages that were bought: the same lines and
 * cut-offs give the same decision. Where the reason is not in the signals, only that nothing was accepted is repeated.
 * Errors: those of reading the policy.
 */
export async function decidedAgain(
  dir: string,
  again: AnswerScore,
  { row, bought }: { row: ScoredTable; bought: readonly string[] },
): Promise<Words> {
  const { plan, lines, prices, claim } = policyIn(await readBundle(dir, { digest: row.bundle }));
  const probability = probabilityOf(again);
  const k = bought.length;
  const isJudged = probability >= 0;
  const reaches = isJudged && actionAt(plan, k, onLine(lines[k], probability)) === 'accept';
  const stop = row.decision === 'accept' ? stopOf(prices).decision : row.decision; // prices may be others at the gateway
  const same = { pattern: again.pattern, slice: again.slice, basis: row.basis, promise: null };
  if (ELSEWHERE.includes(row.why)) return { ...same, decision: stop, why: row.why, claim: null };
  if (!isJudged) return { ...same, decision: stop, why: again.why, claim: null };
  const accepts = reaches && claim !== null;
  return { ...same, decision: accepts ? 'accept' : stop, why: null, claim: accepts ? claim.id : null };
}
