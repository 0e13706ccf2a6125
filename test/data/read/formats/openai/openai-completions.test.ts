import { describe, expect, it } from 'vitest';
import { failureIn, formatOf, pairs, partsOf, recordOf, recordsOf, rowsOf } from '../reading.js';

const prompt = 'Q: Capital of Australia?\nA:';
const answer = [{ token: ' Canberra', logprob: -0.05, top: [{ token: ' Canberra', logprob: -0.05 }] }];
const echoed = rowsOf('05-echo/in.jsonl')[0] as {
  request: Record<string, unknown>;
  response: { choices: Record<string, unknown>[] };
};
const response = (choice: object, more: object = {}) => ({
  ...{ id: 'cmpl-1', object: 'text_completion', created: 1750000000, model: 'm' },
  choices: [{ index: 0, finish_reason: 'stop', ...choice }],
  ...more,
});

describe('openai-completions: echo', () => {
  it('gives the same tokens with and without', () => {
    const [withEcho, without] = recordsOf(rowsOf('05-echo/in.jsonl'));
    expect(formatOf(rowsOf('05-echo/in.jsonl')[0])).toBe('openai-completions');
    expect(withEcho).toEqual({
      id: 'echo',
      model: 'm',
      decoding: { max_tokens: 3 },
      prompt,
      answer: ' Canberra',
      finish: 'stop',
      tokens: answer,
    });
    expect(without).toEqual({ ...withEcho, id: 'noecho' });
  });

  it('tells it by a first token without log-probability where the request does not say so', () => {
    const { echo: _, ...request } = echoed.request;
    expect(recordOf({ ...echoed, request })).toMatchObject({ answer: ' Canberra', tokens: answer });
  });

  it('tells it by the number of tokens where the prompt is token ids, or known by the usage alone', () => {
    const ids = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    const asked = { ...echoed, request: { ...echoed.request, prompt: ids } };
    expect(recordOf(asked)).toMatchObject({
      answer: ' Canberra',
      tokens: answer,
      group: expect.stringMatching(/^tokens:/),
    });
    expect(recordOf(asked)).not.toHaveProperty('prompt');
    const usage = { prompt_tokens: 9, completion_tokens: 1, total_tokens: 10 };
    expect(recordOf({ ...echoed.response, usage })).toMatchObject({ answer: ' Canberra', tokens: answer });
  });

  it('refuses a text whose prompt cannot be separated from it', () => {
    expect(failureIn({ ...echoed.response })).toMatchObject({ code: 'BAD_RECORD', field: 'text' });
    const ids = { request: { prompt: [1, 2], echo: true }, response: response({ text: 'Q A' }) };
    expect(failureIn(ids).message).toMatch(/contains its prompt \(echo\)/);
  });

  it('reads a text without its prompt whose tokens have it (vLLM with token ids)', () => {
    const [choice] = echoed.response.choices;
    const row = { request: echoed.request, response: response({ ...choice, text: ' Canberra' }) };
    expect(recordOf(row)).toMatchObject({ answer: ' Canberra', tokens: answer });
  });

  it('passes over prompts that were only scored, and takes no long answer for an echo', () => {
    const scored = { request: { prompt, echo: true, max_tokens: 0 }, response: response({ text: prompt }) };
    expect(partsOf(scored)).toEqual([{ passed: 'prompts that were scored, not answered' }]);
    const again = { request: { prompt: 'Hi', max_tokens: 5 }, response: response({ text: 'Hi there' }) };
    expect(recordOf(again)).toMatchObject({ answer: 'Hi there' });
  });

  it('counts a prompt with emoji right', () => {
    const logprobs = { tokens: ['😊', '?', ' Yes'], token_logprobs: [null, -1, -0.5], text_offset: [0, 1, 2] };
    const row = { request: { prompt: '😊?', echo: true }, response: response({ text: '😊? Yes', logprobs }) };
    expect(pairs(recordOf(row))).toEqual([[' Yes', -0.5]]);
  });
});

describe('openai-completions: prompts and choices', () => {
  it('gives each of several prompts its own answer', () => {
    const records = recordsOf(rowsOf('28-prompt-list/in.jsonl'));
    expect(records.map(({ id, prompt, answer, tokens }) => [id, prompt, answer, tokens])).toEqual([
      [
        'batch1/0',
        'Capital of Australia?',
        'Canberra',
        [{ token: 'Canberra', logprob: -0.05, top: [{ token: 'Canberra', logprob: -0.05 }] }],
      ],
      [
        'batch1/1',
        'Capital of Peru?',
        'Lima',
        [{ token: 'Lima', logprob: -0.01, top: [{ token: 'Lima', logprob: -0.01 }] }],
      ],
    ]);
  });

  it('gives n choices to each prompt, in whatever order they were logged', () => {
    const texts = ['a0', 'a1', 'b0', 'b1'].map((text, index) => ({ index, text, finish_reason: 'stop' }));
    const row = {
      request: { prompt: ['a', 'b'], n: 2, temperature: 1 },
      response: { ...response({}), choices: texts.reverse() },
    };
    expect(recordsOf([row]).map(({ id, prompt, answer, samples }) => [id, prompt, answer, samples])).toEqual([
      ['cmpl-1/0', 'a', 'a0', [{ answer: 'a1', temperature: 1 }]],
      ['cmpl-1/1', 'b', 'b0', [{ answer: 'b1', temperature: 1 }]],
    ]);
    const odd = { request: { prompt: ['a', 'b'] }, response: { ...response({}), choices: texts.slice(1) } };
    expect(failureIn(odd)).toMatchObject({ field: 'choices', got: 3 });
  });

  it('keeps the id of a list of one, and groups prompts of the same token ids', () => {
    expect(recordOf({ request: { prompt: ['a'] }, response: response({ text: 'b' }) })).toMatchObject({
      id: 'cmpl-1',
      prompt: 'a',
    });
    const ids = {
      request: { prompt: [[1, 2], [1, 2], [3]] },
      response: { ...response({}), choices: [0, 1, 2].map((index) => ({ index, text: 'x' })) },
    };
    const groups = recordsOf([ids]).map(({ group }) => group);
    expect(groups[0]).toBe(groups[1]);
    expect(groups[0]).not.toBe(groups[2]);
  });

  it('keeps settings and suffix, and reads a filter’s cut as no answer', () => {
    const row = {
      request: { prompt: 'a', suffix: 'z', best_of: 3, seed: 1 },
      response: response({ text: 'b' }),
      label: 0,
    };
    expect(recordOf(row)).toEqual({
      ...{ id: 'cmpl-1', model: 'm', time: '2025-06-15T15:06:40.000Z', label: 0, prompt: 'a', suffix: 'z' },
      ...{ decoding: { seed: 1, best_of: 3 }, answer: 'b', finish: 'stop' },
    });
    expect(recordOf({ ...row, response: response({ text: 'b', finish_reason: 'content_filter' }) })).toMatchObject({
      answer: null,
      finish: 'content_filter',
    });
  });

  it('reads vLLM’s prompt log-probabilities as none of the answer’s', () => {
    const logprobs = {
      tokens: ['b', ''],
      token_logprobs: [-0.1, -9999],
      top_logprobs: [{ b: -0.1, c: -9999 }, null],
      text_offset: [0, 1],
    };
    const row = {
      request: { prompt: 'a' },
      response: response({ text: 'b', logprobs, prompt_logprobs: [null, { 5: { logprob: -1 } }] }),
    };
    expect(recordOf(row).tokens).toEqual([
      {
        token: 'b',
        logprob: -0.1,
        top: [
          { token: 'b', logprob: -0.1 },
          { token: 'c', logprob: -9999 },
        ],
      },
    ]);
  });
});
