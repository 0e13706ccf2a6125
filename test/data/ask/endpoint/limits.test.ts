import { describe, expect, it } from 'vitest';
import type { ChatRequest } from '../../../../data/ask/endpoint/chat.js';
import { endpointUrl } from '../../../../data/ask/endpoint/endpoint-url.js';
import { mayTryAgain, retryAfter } from '../../../../data/ask/endpoint/failure.js';
import { describeLimits, learnLimit, noLimits, wireBody } from '../../../../data/ask/endpoint/limits.js';

const request: ChatRequest = {
  kind: 'answer',
  messages: [],
  temperature: 0,
  maxTokens: 9,
  stop: [],
  seed: 3,
  topLogprobs: 20,
  n: 8,
};
const learn = (refusal: string, limits = noLimits()) => ({
  learnt: learnLimit(limits, wireBody(request, 'm', limits), refusal),
  limits,
});

describe('learnLimit', () => {
  it.each([
    ["Field 'n': Value must be between 1 <= value <= 4, but got 8", { n: 4 }],
    ['n > 1 is not supported', { n: 1 }],
    ['Unknown parameter: seed', { seed: false }],
    ["Use 'max_completion_tokens' instead of 'max_tokens'", { maxTokensKey: 'max_completion_tokens' }],
    ["Unsupported value: 'temperature' does not support 0", { temperature: false }],
  ])('%s', (refusal, expected) => {
    const { learnt, limits } = learn(refusal);
    expect(learnt).toBe(true);
    expect(limits).toEqual({ ...noLimits(), ...expected });
  });

  it('learns nothing from other refusals, nor from a temperature out of range', () => {
    expect(learn('prompt is too long').learnt).toBe(false);
    expect(learn('temperature must be at most 1').learnt).toBe(false);
  });

  it('never widens a limit, and asks within it', () => {
    const limits = { ...noLimits(), topLogprobs: 5, n: 1, seed: false, temperature: false };
    learnLimit(limits, wireBody(request, 'm', noLimits()), "'n' must be at most 4");
    expect(limits.n).toBe(1);
    expect(wireBody(request, 'm', limits)).toEqual({
      model: 'm',
      messages: [],
      max_tokens: 9,
      logprobs: true,
      top_logprobs: 5,
    });
    expect(wireBody(request, 'm', { ...limits, topLogprobs: 0 })).toEqual({ model: 'm', messages: [], max_tokens: 9 });
    expect(describeLimits(limits)).toHaveLength(4);
  });
});

describe('endpointUrl', () => {
  it.each([
    ['http://127.0.0.1:8080', 'http://127.0.0.1:8080/v1/chat/completions'],
    ['http://127.0.0.1:8080/', 'http://127.0.0.1:8080/v1/chat/completions'],
    ['https://api.openai.com/v1', 'https://api.openai.com/v1/chat/completions'],
    ['https://h/api/v1/', 'https://h/api/v1/chat/completions'],
    ['https://h/v1/chat/completions?api-version=1', 'https://h/v1/chat/completions?api-version=1'],
  ])('%s', (given, full) => expect(endpointUrl(given)).toBe(full));

  it('refuses what is no address, and one with a password without showing it', () => {
    expect(() => endpointUrl('localhost:8080')).toThrow(/VOUCH_BAD_USAGE/);
    expect(() => endpointUrl('https://me:geheim@h/v1')).toThrow(/^(?!.*geheim).*VOUCH_BAD_USAGE/);
  });
});

describe('retryAfter', () => {
  const now = Date.UTC(2026, 0, 1);
  it.each([
    [{ 'retry-after': '3' }, 3000],
    [{ 'retry-after': '1.5' }, 1500],
    [{ 'retry-after': 'Thu, 01 Jan 2026 00:00:07 GMT' }, 7000],
    [{ 'retry-after': 'Wed, 31 Dec 2025 00:00:00 GMT' }, 0],
    [{ 'retry-after': 'soon' }, 0],
    [{ 'retry-after': '999999' }, 3_600_000],
    [{ 'retry-after-ms': '250', 'retry-after': '1' }, 250],
    [{}, 0],
  ])('%j → %i ms', (headers, ms) => expect(retryAfter(new Headers(headers as Record<string, string>), now)).toBe(ms));

  it('tries again after time-outs, rate limits and server errors only', () => {
    expect([400, 401, 404, 408, 409, 422, 429, 500, 503, 529].map(mayTryAgain)).toEqual([
      ...[false, false, false, true, true, false, true, true, true, true],
    ]);
  });
});
