import { describe, expect, it } from 'vitest';
import { noLimits } from '../../../../data/ask/endpoint/limits.js';
import { logprobsLearner } from '../../../../data/ask/endpoint/logprobs-learner.js';
import { logprobsLesson } from '../../../../data/ask/endpoint/logprobs-lesson.js';

describe('what a failed request for log-probabilities tells', () => {
  it.each<[number, string, number, number, boolean]>([
    [400, "Invalid value for 'top_logprobs': must be less than or equal to 5.", 20, 5, true],
    [400, "Invalid 'top_logprobs': above maximum value. Expected a value <= 20, but got 25 instead.", 25, 20, true],
    [400, "5 is greater than the maximum of 1 - 'logprobs'", 5, 1, true],
    [400, 'Requested sample logprobs of 25, which is greater than max allowed: 20', 25, 20, true],
    [400, 'top_logprobs must be between 0 and 5', 10, 5, true],
    [400, 'The valid range of top_logprobs is [0, 5]', 10, 5, true],
    [422, '{"loc":["body","top_logprobs"],"msg":"Input should be less than or equal to 10"}', 20, 10, true],
    [400, 'top_logprobs is too large', 20, 10, false],
    [400, 'top_logprobs is too large', 5, 0, false],
    [400, 'logprobs are not supported by this model', 20, 0, false],
    [403, 'You are not allowed to request logprobs from this model', 20, 0, false],
    [400, '{"code":400,"message":"Logprobs is not enabled for models/gemini-2.5-pro"}', 5, 0, false],
    [400, 'Unrecognized request argument supplied: logprobs', 5, 0, false],
    [401, 'Your key may not read log probs', 5, 0, false],
    [501, 'logprobs', 5, 0, false],
  ])('%i %s', (status, message, top, most, named) => {
    expect(logprobsLesson(status, message, top)).toEqual({ kind: 'refused', most, named });
  });

  it.each<[number | undefined, string]>([
    [400, 'bad request'],
    [403, 'forbidden'],
    [404, 'No endpoints found'],
    [422, ''],
    [500, 'Internal Server Error'],
    [500, 'Out of range float values are not JSON compliant (logprobs)'],
    [502, ''],
    [undefined, 'ECONNRESET'],
  ])('%s %s may be because of them', (status, message) => {
    expect(logprobsLesson(status, message, 5)).toEqual({ kind: 'failed' });
  });

  it.each([401, 402, 408, 413, 429, 503, 504])('%i is not', (status) => {
    expect(logprobsLesson(status, 'slow down', 5)).toBe(null);
  });
});

describe('what a run learns', () => {
  it('is a refusal at once, failures when they come again and nothing else was seen', () => {
    const limits = noLimits();
    const learn = logprobsLearner(limits);
    learn({ kind: 'failed' }, 0, 0);
    expect(limits.topLogprobs).toBe(Infinity);
    learn({ kind: 'failed' }, 0, 0);
    expect(limits.topLogprobs).toBe(0);

    const other = noLimits();
    const learnt = logprobsLearner(other);
    learnt(null, 5, Infinity);
    for (let i = 0; i < 5; i++) learnt({ kind: 'failed' }, 0, 0);
    expect(other.topLogprobs).toBe(Infinity);
    learnt({ kind: 'refused', most: 5, named: true }, 5, 5);
    expect(other.topLogprobs).toBe(5);
  });
});
