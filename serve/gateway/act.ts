import type { Ask } from './ask.js';
import { askUpstream, type Route } from './ask-upstream.js';
import { fieldOf, type VouchField } from './field.js';
import type { GatewayParts } from './parts.js';
import { UpstreamFailure } from './upstream.js';
import { judge, type Verdict } from './verdict.js';
import { readWhole, type Whole } from './whole.js';

/** An answer as it goes to the client. */
export interface Acted {
  whole: Whole;
  field: VouchField;
  replaced: Map<number, string>;
}

/**
 * Scores an answer and does what is to be done where none of its choices may be accepted: asks the second model, whose answer then
 * stands in its place; replaces what is still abstained from by the text. A second model that fails leaves the first answer.
 */
export async function act(
  parts: GatewayParts,
  ask: Ask,
  first: Whole,
  route: Omit<Route, 'upstream' | 'model'>,
): Promise<Acted> {
  const { options, count, second } = parts;
  const rejected = (verdict: Verdict) => isRejected(verdict, options.strict);
  let whole = first;
  let verdicts = await judge(parts.judge, ask, first.completion);
  let escalated: VouchField['escalated'];
  if (second !== null && verdicts.length > 0 && verdicts.every(rejected)) {
    const other = await askSecond(parts, ask, { ...route, ...second });
    if (typeof other === 'string') escalated = { failed: other };
    else {
      escalated = { from: { model: String(first.completion.model ?? ask.model), ...brief(verdicts[0]) } };
      whole = other;
      verdicts = await judge(parts.judge, ask, other.completion);
    }
    count('failed' in escalated ? 'escalation failed' : 'escalated');
  }
  const replaced = new Map<number, string>();
  if (options.abstainText !== null) {
    for (const [i, verdict] of verdicts.entries()) if (rejected(verdict)) replaced.set(i, options.abstainText);
  }
  const field = fieldOf(verdicts);
  if (escalated !== undefined) field.escalated = escalated;
  if (replaced.size > 0) field.replaced = true;
  count(replaced.size > 0 ? 'replaced' : field.scored ? 'scored' : 'unscored');
  return { whole, field, replaced };
}

/** Below what may be accepted; where strict, also what no promise covers and what could not be scored. Tool calls are no answers. */
function isRejected(verdict: Verdict, strict: boolean): boolean {
  if (!verdict.scored) return strict && verdict.why !== 'a tool call is no answer';
  return verdict.decision === 'abstain' || verdict.decision === 'escalate' || (strict && verdict.decision === null);
}

/** The second model's answer, or why there is none. */
async function askSecond(parts: GatewayParts, ask: Ask, route: Route): Promise<Whole | string> {
  try {
    const answered = await askUpstream(parts, ask, route);
    if (answered.status !== 200) {
      answered.body.destroy();
      return `status ${answered.status}`;
    }
    const whole = await readWhole(answered, parts.options.bodyLimit);
    return Buffer.isBuffer(whole) ? 'no completion' : whole;
  } catch (error) {
    route.signal.throwIfAborted();
    return error instanceof UpstreamFailure ? error.message : 'its answer was cut off';
  }
}

function brief(verdict: Verdict): { probability?: number; decision?: string | null } {
  return verdict.scored ? { probability: verdict.probability, decision: verdict.decision } : {};
}
