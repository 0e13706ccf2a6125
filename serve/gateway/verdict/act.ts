import { askWhole } from '../ask-whole.js';
import type { GatewayParts } from '../parts.js';
import { actByPolicy } from '../policy/act-by-policy.js';
import type { Ask } from '../upstream/ask.js';
import type { Route } from '../upstream/ask-upstream.js';
import type { Whole } from '../whole.js';
import type { Acted } from './acted.js';
import { isRejected } from './is-rejected.js';
import { judge } from './judge.js';
import { putInstead } from './put-instead.js';
import type { Verdict } from './verdict.js';
import type { VouchField } from './vouch-field.js';

/**
 * Scores an answer, or follows the policy for it. Without a policy: if none of its choices is accepted, asks the second model, whose answer then replaces the first
 * one. What is still not accepted is replaced by the text. If the second model fails, the first answer stays.
 */
export async function act(
  parts: GatewayParts,
  ask: Ask,
  first: Whole,
  route: Omit<Route, 'upstream' | 'model'>,
): Promise<Acted> {
  const { options, count, second, following } = parts;
  if (following !== undefined) return actByPolicy({ ...parts, following }, ask, first, route);
  const rejected = (verdict: Verdict) => isRejected(verdict, ask, options);
  let whole = first;
  let verdicts = await judge(parts.judge, ask, first.response, first);
  let escalated: VouchField['escalated'];
  if (second !== null && verdicts.length > 0 && decisive(verdicts).every(rejected)) {
    const other = await askWhole(parts, ask, { ...route, ...second });
    if (typeof other === 'string') escalated = { failed: other };
    else {
      escalated = { from: { model: String(first.response.model ?? ask.model), ...brief(verdicts[0]) } };
      whole = other;
      verdicts = await judge(parts.judge, ask, other.response, { ...other, selected: true });
    }
    count('failed' in escalated ? 'escalation failed' : 'escalated');
  }
  return putInstead(parts, ask, { whole, verdicts, escalated });
}

/** The verdicts that decide whether to escalate: those on first answers, if there are any. */
function decisive(verdicts: Verdict[]): Verdict[] {
  const first = verdicts.filter(({ why }) => why !== 'selected');
  return first.length > 0 ? first : verdicts;
}

function brief(verdict: Verdict): { probability?: number; decision?: string | null } {
  if (!verdict.scored || verdict.probability === null) return {};
  return { probability: verdict.probability, decision: verdict.decision };
}
