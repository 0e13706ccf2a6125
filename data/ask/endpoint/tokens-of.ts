import { answerTokens, listedTokens } from '../../read/formats/parts/answer-tokens.js';
import { LOGPROB_SLACK, type Token } from '../../record.js';
import type { ChatChoice } from './chat.js';

/**
 * The answer's tokens out of an endpoint's log-probabilities, as they are read from logs, with numbers of six significant
 * digits, as many as float32 servers have. Undefined when there are none, or when the answer's cannot be told from others.
 */
export function tokensOf(logprobs: ChatChoice['logprobs'], answer: string, reasoned: boolean): Token[] | undefined {
  const tokens = answerTokens(listedTokens(logprobs), answer, reasoned) as Token[] | undefined;
  return tokens?.map(({ logprob, top, ...rest }) => ({
    ...rest,
    ...short(logprob),
    ...(top == null ? {} : { top: top.map((other) => ({ token: other.token, ...short(other.logprob) })) }),
  }));
}

/** Six significant digits; "none" as −9999, which JSON can hold; nothing for what is no log-probability. */
function short(logprob: number | null | undefined): { logprob?: number } {
  if (logprob == null || !(logprob <= LOGPROB_SLACK)) return {};
  return { logprob: logprob < -9999 ? -9999 : Math.min(Number(logprob.toPrecision(6)), 0) };
}
