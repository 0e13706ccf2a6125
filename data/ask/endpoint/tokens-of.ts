import { answerTokens, listedTokens } from '../../read/formats/parts/answer-tokens.js';
import { LOGPROB_SLACK, type Token } from '../../record.js';
import type { ChatChoice } from './chat.js';

/**
 * The answer's tokens from an endpoint's log-probabilities, found as in logs. Numbers are rounded to six significant
 * digits, the precision of float32 servers. Undefined if there are none, or if the answer's tokens cannot be told apart
 * from others.
 */
export function tokensOf(logprobs: ChatChoice['logprobs'], answer: string, reasoned: boolean): Token[] | undefined {
  const tokens = answerTokens(listedTokens(logprobs), answer, reasoned) as Token[] | undefined;
  return tokens?.map(({ logprob, top, ...rest }) => ({
    ...rest,
    ...short(logprob),
    ...(top == null ? {} : { top: top.map((other) => ({ token: other.token, ...short(other.logprob) })) }),
  }));
}

/**
 * Rounds to six significant digits. −Infinity becomes −9999, because JSON cannot hold it. Empty if the value is not a
 * log-probability.
 */
function short(logprob: number | null | undefined): { logprob?: number } {
  if (logprob == null || !(logprob <= LOGPROB_SLACK)) return {};
  return { logprob: logprob < -9999 ? -9999 : Math.min(Number(logprob.toPrecision(6)), 0) };
}
