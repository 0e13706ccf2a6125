import type { ChatRequest } from './chat.js';

/** What an endpoint was found not to take; learnt from its refusals, so that each costs one request in the whole run. */
export interface Limits {
  topLogprobs: number;
  n: number;
  seed: boolean;
  temperature: boolean;
  maxTokensKey: 'max_tokens' | 'max_completion_tokens';
}

export function noLimits(): Limits {
  return {
    topLogprobs: Number.POSITIVE_INFINITY,
    n: Number.POSITIVE_INFINITY,
    seed: true,
    temperature: true,
    maxTokensKey: 'max_tokens',
  };
}

/** The request as it goes over the wire, within the limits. `topLogprobs` 0 or null asks for no log-probabilities. */
export function wireBody(request: ChatRequest, model: string, limits: Limits): Record<string, unknown> {
  const top = request.topLogprobs === null ? 0 : Math.min(request.topLogprobs, limits.topLogprobs);
  const n = Math.min(request.n, limits.n);
  return {
    model,
    messages: request.messages,
    ...(limits.temperature ? { temperature: request.temperature } : {}),
    [limits.maxTokensKey]: request.maxTokens,
    ...(request.stop.length > 0 ? { stop: request.stop } : {}),
    ...(limits.seed ? { seed: request.seed } : {}),
    ...(top > 0 ? { logprobs: true, top_logprobs: top } : {}),
    ...(n > 1 ? { n } : {}),
  };
}

/** Learns a limit from a refusal (status 400 or 422) of `body`; gives what was learnt, or undefined when nothing was. */
export function learnLimit(limits: Limits, body: Record<string, unknown>, refusal: string): string | undefined {
  if (limits.maxTokensKey === 'max_tokens' && /max_completion_tokens/.test(refusal)) {
    limits.maxTokensKey = 'max_completion_tokens';
    return 'the endpoint wants max_completion_tokens';
  }
  const top = body.top_logprobs;
  if (typeof top === 'number' && /logprob/i.test(refusal)) {
    limits.topLogprobs = numberBelow(refusal, top) ?? [20, 10, 5].find((k) => k < top) ?? 0;
    return limits.topLogprobs === 0
      ? 'the endpoint gives no log-probabilities'
      : `the endpoint gives at most ${limits.topLogprobs} alternatives a token`;
  }
  if (typeof body.n === 'number' && /\bn\b/.test(refusal)) {
    limits.n = numberBelow(refusal, body.n) ?? 1;
    return `the endpoint gives at most ${limits.n} ${limits.n === 1 ? 'answer' : 'answers'} a request`;
  }
  if ('seed' in body && /\bseed\b/.test(refusal)) {
    limits.seed = false;
    return 'the endpoint takes no seed: answers may differ between runs';
  }
  if ('temperature' in body && /\btemperature\b/.test(refusal)) {
    limits.temperature = false;
    return 'the endpoint takes no temperature: answers are not greedy';
  }
  return undefined;
}

/** The largest whole number in a refusal that is at least 1 and below what was asked: the limit it names. */
function numberBelow(text: string, asked: number): number | undefined {
  const named = [...text.matchAll(/\d+/g)].map((match) => Number(match[0])).filter((k) => k >= 1 && k < asked);
  return named.length === 0 ? undefined : Math.max(...named);
}
