import type { GatewayOptions } from '../../options.js';
import type { GatewayParts } from '../parts.js';
import type { Ask } from '../upstream/ask.js';
import { askUpstream, type Route } from '../upstream/ask-upstream.js';
import { UpstreamFailure } from '../upstream/upstream.js';
import { readWhole, type Whole } from '../whole.js';
import { fieldOf, unreadField } from './field.js';
import { judge } from './judge.js';
import type { Verdict } from './verdict.js';
import type { VouchField } from './vouch-field.js';

/** An answer as the client gets it. */
interface Acted {
  whole: Whole;
  field: VouchField;
  replaced: Map<number, string>;
  /** A text that replaces the whole response, if it is unclear which part of it is the answer; null: it stays. */
  instead: string | null;
}

/**
 * Scores an answer. If none of its choices is accepted, asks the second model, whose answer then replaces the first
 * one. What is still not accepted is replaced by the text. If the second model fails, the first answer stays.
 */
export async function act(
  parts: GatewayParts,
  ask: Ask,
  first: Whole,
  route: Omit<Route, 'upstream' | 'model'>,
): Promise<Acted> {
  const { options, count, second } = parts;
  const rejected = (verdict: Verdict) => isRejected(verdict, ask, options);
  let whole = first;
  let verdicts = await judge(parts.judge, ask, first.response, first);
  let escalated: VouchField['escalated'];
  if (second !== null && verdicts.length > 0 && decisive(verdicts).every(rejected)) {
    const other = await askSecond(parts, ask, { ...route, ...second });
    if (typeof other === 'string') escalated = { failed: other };
    else {
      escalated = { from: { model: String(first.response.model ?? ask.model), ...brief(verdicts[0]) } };
      whole = other;
      verdicts = await judge(parts.judge, ask, other.response, { ...other, selected: true });
    }
    count('failed' in escalated ? 'escalation failed' : 'escalated');
  }
  const replaced = new Map<number, string>();
  const text = options.abstainText;
  // a failure may contain no answer
  const answers = whole.large === null ? ask.api.answers(ask.body, whole.response).length : 0;
  const unread = whole.large !== null || !whole.known || (answers === 0 && !whole.stream);
  const instead = options.strict && unread ? text : null;
  if (text !== null && instead === null) {
    for (const [i, verdict] of verdicts.slice(0, answers).entries()) if (rejected(verdict)) replaced.set(i, text);
  }
  const field: VouchField =
    instead === null || whole.large !== null ? fieldOf(verdicts, new Date().toISOString()) : unreadField();
  if (escalated !== undefined) field.escalated = escalated;
  if (replaced.size > 0 || instead !== null) field.replaced = true;
  count(field.replaced ? 'replaced' : field.scored ? 'scored' : 'unscored');
  return { whole, field, replaced, instead };
}

/** The verdicts that decide whether to escalate: those on first answers, if there are any. */
function decisive(verdicts: Verdict[]): Verdict[] {
  const first = verdicts.filter(({ why }) => why !== 'selected');
  return first.length > 0 ? first : verdicts;
}

/** Finish reasons of replies that contain no text for people. */
const CALLS = ['tool_calls', 'function_call'];

/** Fields of a request that offer the model something to call. */
const OFFERS = ['tools', 'functions', 'prompt'];

/**
 * Whether an answer is not accepted: its decision says so, or, under --strict, no promise covers it (which is always so
 * for an escalated answer) or it could not be scored. Calls of tools that the request offers pass, unless
 * `strictTools`, because they contain no answer.
 */
function isRejected(verdict: Verdict, { body }: Ask, { strict, strictTools }: GatewayOptions): boolean {
  if (!verdict.scored) {
    const offered = OFFERS.some((key) => typeof body[key] === 'object' && body[key] !== null);
    return strict && (strictTools || !offered || !CALLS.includes(verdict.finish ?? ''));
  }
  if (verdict.decision === null || verdict.why === 'selected') return strict;
  return verdict.decision === 'abstain' || verdict.decision === 'escalate' || (strict && verdict.promise === 'none');
}

/** The second model's answer, or the reason why there is none. */
async function askSecond(parts: GatewayParts, ask: Ask, route: Route): Promise<Whole | string> {
  if (ask.body.conversation != null) return 'the request belongs to a stored conversation';
  try {
    const answered = await askUpstream(parts, ask, route);
    if (answered.status !== 200) {
      answered.discard();
      return `status ${answered.status}`;
    }
    const whole = await readWhole(ask, answered, {
      bytes: parts.options.bodyLimit,
      limits: parts.options.limits,
    });
    if (!('passed' in whole)) return whole;
    answered.discard();
    return 'no answer';
  } catch (error) {
    route.signal.throwIfAborted();
    return error instanceof UpstreamFailure ? error.message : 'its answer broke off';
  }
}

function brief(verdict: Verdict): { probability?: number; decision?: string | null } {
  return verdict.scored ? { probability: verdict.probability, decision: verdict.decision } : {};
}
