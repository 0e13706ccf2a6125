import { maxOf } from '../../../support/extremes.js';
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
  return { topLogprobs: Infinity, n: Infinity, seed: true, temperature: true, maxTokensKey: 'max_tokens' };
}

/** The request as it goes over the wire, within the limits. `topLogprobs` 0 or null asks for no log-probabilities. */
export function wireBody(request: ChatRequest, model: string, limits: Limits): Record<string, unknown> {
  const top = Math.min(request.topLogprobs ?? 0, limits.topLogprobs);
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

/** The endpoint does not know the field at all, as against a value out of its range. */
const UNKNOWN =
  /not (supported|support|allowed|permitted|available|recogni[sz]ed)|unsupported|unknown|unrecogni[sz]ed|extra/i;

/** Learns a limit other than that of log-probabilities from a refusal (400 or 422) of `body`; whether anything was learnt, so that asking again helps. */
export function learnLimit(limits: Limits, body: Record<string, unknown>, refusal: string): boolean {
  const { n } = body;
  if ('max_tokens' in body && /max_completion_tokens/.test(refusal)) {
    limits.maxTokensKey = 'max_completion_tokens';
  } else if (typeof n === 'number' && /\bn\b/.test(refusal)) {
    limits.n = Math.min(limits.n, numberBelow(refusal, n) ?? 1);
  } else if ('seed' in body && /\bseed\b/.test(refusal)) {
    limits.seed = false;
  } else if ('temperature' in body && /\btemperature\b/.test(refusal) && UNKNOWN.test(refusal)) {
    limits.temperature = false;
  } else {
    return false;
  }
  return true;
}

/** The largest whole number in a refusal that is at least 1 and below what was asked: the limit it names. */
function numberBelow(text: string, asked: number): number | undefined {
  const named = [...text.matchAll(/\d+/g)].map((match) => Number(match[0])).filter((k) => k >= 1 && k < asked);
  return named.length === 0 ? undefined : maxOf(named);
}

/** What was learnt, for the summary. */
export function describeLimits(limits: Limits): string[] {
  const notes: string[] = [];
  if (limits.topLogprobs === 0) notes.push('the endpoint gives no log-probabilities');
  else if (limits.topLogprobs < Infinity)
    notes.push(`the endpoint gives at most ${limits.topLogprobs} alternatives a token`);
  if (limits.n < Infinity) notes.push(`the endpoint gives at most ${limits.n} answers a request`);
  if (!limits.seed) notes.push('the endpoint takes no seed: answers may differ between runs');
  if (!limits.temperature) notes.push('the endpoint takes no temperature: answers are not greedy');
  return notes;
}
