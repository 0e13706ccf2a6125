import { maxOf } from '../../../support/extremes.js';
import { plural } from '../../../support/words/plural.js';
import type { ChatRequest } from './chat.js';

/**
 * What an endpoint does not accept, learned from its refusals. Each limit costs one refused request in the whole run.
 */
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

/** The JSON body of a request, within the limits. `topLogprobs` 0 or null asks for no log-probabilities. */
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

/** Matches a refusal of the field itself, as opposed to a refusal of its value. */
const UNKNOWN =
  /not (supported|support|allowed|permitted|available|recogni[sz]ed)|unsupported|unknown|unrecogni[sz]ed|extra/i;

/**
 * Learns a limit from a refusal (400 or 422) of `body`; limits of log-probabilities are learned in
 * `logprobs-learner.ts`. Returns whether anything was learned, so that sending the request again makes sense.
 */
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

/** The limit that a refusal names: its largest whole number that is at least 1 and below the number asked for. */
function numberBelow(text: string, asked: number): number | undefined {
  const named = [...text.matchAll(/\d+/g)].map((match) => Number(match[0])).filter((k) => k >= 1 && k < asked);
  return named.length === 0 ? undefined : maxOf(named);
}

/** The learned limits as sentences for the summary. */
export function describeLimits(limits: Limits): string[] {
  const notes: string[] = [];
  if (limits.topLogprobs === 0) notes.push('the endpoint returns no log-probabilities');
  else if (limits.topLogprobs < Infinity)
    notes.push(`the endpoint returns at most ${limits.topLogprobs} alternatives per token`);
  if (limits.n < Infinity) notes.push(`the endpoint returns at most ${plural(limits.n, 'answer')} per request`);
  if (!limits.seed) notes.push('the endpoint accepts no seed: answers may differ between runs');
  if (!limits.temperature) notes.push('the endpoint accepts no temperature: answers are not greedy');
  return notes;
}
