import type { GatewayOptions } from '../../options.js';
import type { Ask } from '../upstream/ask.js';
import type { Verdict } from './verdict.js';

/** Finish reasons of replies that contain no text for people. */
const CALLS = ['tool_calls', 'function_call'];

/** Fields of a request that offer the model something to call. */
const OFFERS = ['tools', 'functions', 'prompt'];

/**
 * Whether an answer is not accepted: its decision says so, or, under --strict, no promise covers it (which is always so
 * for an escalated answer) or it could not be scored. Calls of tools that the request offers pass, unless
 * `strictTools`, because they contain no answer.
 */
export function isRejected(
  verdict: Verdict,
  { body }: Ask,
  { strict, strictTools }: Pick<GatewayOptions, 'strict' | 'strictTools'>,
): boolean {
  if (!verdict.scored) {
    const offered = OFFERS.some((key) => typeof body[key] === 'object' && body[key] !== null);
    return strict && (strictTools || !offered || !CALLS.includes(verdict.finish ?? ''));
  }
  if (verdict.decision === null || verdict.why === 'selected') return strict;
  return verdict.decision === 'abstain' || verdict.decision === 'escalate' || (strict && verdict.promise === 'none');
}
