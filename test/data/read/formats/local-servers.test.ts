import { describe, expect, it } from 'vitest';
import type { Fields } from '../../../../data/read/table/fields.js';
import { formatOf, pairs, recordOf, recordsOf, rowsOf } from './reading.js';

describe('vllm-offline', () => {
  const step = (...entries: [number, string, number, number][]) =>
    Object.fromEntries(entries.map(([id, decoded_token, logprob, rank]) => [id, { logprob, rank, decoded_token }]));

  it('reads a flat row: the tokens that spell the answer, none of the prompt’s', () => {
    const [row] = rowsOf('25-langfuse/vllm.jsonl');
    expect(formatOf(row)).toBe('vllm-offline');
    const top = [
      { token: 'Can', logprob: -0.01 },
      { token: 'Syd', logprob: -4.1 },
    ];
    expect(recordOf(row)).toEqual({
      id: 'v',
      prompt: 'q',
      answer: 'Canberra',
      tokens: [{ token: 'Can', logprob: -0.01, top }],
    });
  });

  it('reads whole requests: the chosen ids, samples, the end', () => {
    const logprobs = [
      step([7, 'Syd', -0.2, 1], [8, 'Can', -2, 2]),
      step([9, 'berra', -0.1, 1]),
      step([2, '</s>', -0.3, 1]),
    ];
    const outputs = [
      {
        index: 0,
        text: 'Canberra',
        token_ids: [8, 9, 2],
        cumulative_logprob: -2.4,
        logprobs,
        finish_reason: 'stop',
        stop_reason: null,
      },
      { index: 1, text: 'Sydney', token_ids: [7, 5], cumulative_logprob: -1, logprobs: null, finish_reason: 'length' },
    ];
    const row = {
      request_id: '3',
      prompt: 'Capital?',
      prompt_token_ids: [1],
      prompt_logprobs: null,
      outputs,
      finished: true,
      metrics: null,
    };
    expect(recordOf(row)).toEqual({
      ...{ id: '3', prompt: 'Capital?', answer: 'Canberra', finish: 'stop', samples: [{ answer: 'Sydney' }] },
      tokens: [
        {
          token: 'Can',
          logprob: -2,
          top: [
            { token: 'Syd', logprob: -0.2 },
            { token: 'Can', logprob: -2 },
          ],
        },
        { token: 'berra', logprob: -0.1, top: [{ token: 'berra', logprob: -0.1 }] },
      ],
    });
  });

  it('finds a choice that was not the likeliest, however the tokens are cut', () => {
    const logprobs = [step([3, 'C', -0.3, 1], [4, ' Can', -1.5, 2]), step([5, 'an', -0.5, 1], [6, 'berra', -0.7, 2])];
    expect(pairs(recordOf({ answer: 'Canberra', logprobs }))).toEqual([
      [' Can', -1.5],
      ['berra', -0.7],
    ]);
    const far = [step([3, 'a', -0.3, 1], [4, 'a ', -9, 40])];
    expect(pairs(recordOf({ text: 'a b', logprobs: far }))).toEqual([['a ', -9]]);
    expect(recordOf({ text: 'Lima', logprobs })).toEqual({ answer: 'Lima' });
    expect(formatOf({ answer: 'x', logprobs: [{ 5: -0.1 }] })).toBeUndefined();
  });
});

describe('llama-cpp', () => {
  const newer: Fields = {
    ...{
      index: 0,
      content: ' Canberra',
      tokens: [1, 2],
      stop: true,
      model: 'gguf',
      tokens_predicted: 3,
      prompt: 'Capital?',
    },
    ...{ generation_settings: { temperature: 0, n_predict: 8 }, stop_type: 'eos', timings: {}, label: 1 },
    completion_probabilities: [
      {
        id: 1,
        token: ' Can',
        bytes: [32, 67, 97, 110],
        logprob: -0.1,
        top_logprobs: [{ id: 1, token: ' Can', bytes: [32, 67, 97, 110], logprob: -0.1 }],
      },
      { id: 2, token: 'berra', bytes: [98, 101, 114, 114, 97], logprob: -0.2, top_logprobs: [] },
      { id: 3, token: '', bytes: [], logprob: -0.3, top_logprobs: [] },
    ],
  };

  it('reads probabilities as servers until 2024 gave them', () => {
    const [row] = rowsOf('25-langfuse/llama.jsonl');
    expect(formatOf(row)).toBe('llama-cpp');
    const top = [
      { token: 'Can', logprob: Math.log(0.99) },
      { token: 'Syd', logprob: Math.log(0.01) },
    ];
    expect(recordOf(row)).toEqual({
      id: 'l',
      prompt: 'q',
      answer: 'Canberra',
      tokens: [{ token: 'Can', logprob: Math.log(0.99), top }],
    });
  });

  it('reads the newer shape, bare and beside its request, with log-probabilities or probabilities', () => {
    const whole = {
      ...{
        label: 1,
        prompt: 'Capital?',
        model: 'gguf',
        decoding: { temperature: 0 },
        answer: ' Canberra',
        finish: 'stop',
      },
      tokens: [
        { token: ' Can', logprob: -0.1, top: [{ token: ' Can', logprob: -0.1 }] },
        { token: 'berra', logprob: -0.2 },
      ],
    };
    expect(recordOf(newer)).toEqual(whole);
    const { label, ...response } = newer;
    expect(recordOf({ id: 'q1', request: { prompt: 'Capital?' }, response, label })).toEqual({ ...whole, id: 'q1' });
    const probs = [
      { id: 1, token: 'x', bytes: [120], prob: 1, top_probs: [{ id: 1, token: 'x', bytes: [120], prob: 1 }] },
    ];
    expect(recordOf({ ...newer, content: 'x', completion_probabilities: probs }).tokens).toEqual([
      { token: 'x', logprob: 0, top: [{ token: 'x', logprob: 0 }] },
    ]);
  });

  it('reads how it ended, and joins streams', () => {
    expect(recordOf({ ...newer, stop_type: 'limit' }).finish).toBe('length');
    expect(recordOf({ ...newer, stop_type: 'word' }).finish).toBe('stop');
    expect(recordOf({ content: 'x', stop: true, tokens_predicted: 1, stopped_limit: true }).finish).toBe('length');
    const lines = [
      { content: 'Can', stop: false, id_slot: 0 },
      { content: 'berra', stop: false, id_slot: 0 },
      { content: '', stop: true, id_slot: 0, stop_type: 'eos', prompt: 'q' },
    ];
    expect(recordsOf(lines)).toEqual([{ prompt: 'q', answer: 'Canberra', finish: 'stop' }]);
    expect(recordsOf(lines.slice(0, 2))).toEqual([{ answer: null, finish: 'error' }]);
  });
});

describe('tgi', () => {
  const token = (text: string, logprob: number, special = false) => ({ id: 1, text, logprob, special });
  const body = {
    generated_text: 'Canberra',
    details: {
      ...{ finish_reason: 'eos_token', generated_tokens: 3, seed: null, prefill: [{ id: 9, text: 'q', logprob: -1 }] },
      tokens: [token('Can', -0.1), token('berra', -0.2), token('</s>', -0.3, true)],
      top_tokens: [[token('Can', -0.1), token('Syd', -2)], [token('berra', -0.2)], [token('</s>', -0.3, true)]],
    },
  };
  const tokens = [
    {
      token: 'Can',
      logprob: -0.1,
      top: [
        { token: 'Can', logprob: -0.1 },
        { token: 'Syd', logprob: -2 },
      ],
    },
    { token: 'berra', logprob: -0.2, top: [{ token: 'berra', logprob: -0.2 }] },
  ];

  it('reads it beside its request, bare, and as a list of one', () => {
    const request = { inputs: 'Capital?', parameters: { temperature: 0.5, max_new_tokens: 4 } };
    const whole = {
      prompt: 'Capital?',
      decoding: { temperature: 0.5, max_tokens: 4 },
      answer: 'Canberra',
      finish: 'stop',
      tokens,
    };
    for (const response of [body, [body], JSON.stringify(body)]) expect(recordOf({ request, response })).toEqual(whole);
    expect(recordOf({ id: 'q1', ...request, ...body, label: 1 })).toEqual({ ...whole, id: 'q1', label: 1 });
  });

  it('cuts off the prompt of a full text, and takes further sequences as samples', () => {
    const full = { inputs: 'Capital?', ...body, generated_text: 'Capital?Canberra' };
    expect(recordOf(full)).toMatchObject({ answer: 'Canberra', tokens });
    const best = {
      ...body,
      details: {
        ...body.details,
        best_of_sequences: [{ generated_text: 'Sydney', finish_reason: 'length', tokens: [token('Sydney', -1)] }],
      },
    };
    expect(recordOf({ inputs: 'q', ...best }).samples).toEqual([
      { answer: 'Sydney', tokens: [{ token: 'Sydney', logprob: -1 }] },
    ]);
  });
});

describe('ollama', () => {
  const body = {
    ...{
      model: 'llama3.2',
      created_at: '2026-01-05T10:00:00Z',
      message: { role: 'assistant', content: 'Canberra', thinking: 'Hm.' },
    },
    ...{
      done: true,
      done_reason: 'stop',
      total_duration: 1,
      eval_count: 2,
      logprobs: [{ token: 'Canberra', logprob: -0.1, bytes: [67], top_logprobs: [] }],
    },
  };
  const messages = [{ role: 'user', content: 'Capital?' }];
  const whole = {
    ...{
      model: 'llama3.2',
      time: '2026-01-05T10:00:00Z',
      messages,
      answer: 'Canberra',
      finish: 'stop',
      reasoning: 'Hm.',
    },
    tokens: [{ token: 'Canberra', logprob: -0.1 }],
  };

  it('reads chats bare and beside their request', () => {
    expect(recordOf({ messages, ...body })).toEqual(whole);
    expect(
      recordOf({ id: 'q1', request: { model: 'llama3.2', messages, options: { temperature: 0 } }, response: body }),
    ).toEqual({
      ...whole,
      id: 'q1',
      decoding: { temperature: 0 },
    });
    expect(recordOf({ messages, ...body, message: { content: '', tool_calls: [{ function: {} }] } })).toMatchObject({
      answer: null,
      finish: 'tool_calls',
    });
    expect(recordOf({ messages, ...body, done_reason: 'load' })).toMatchObject({ answer: null, finish: 'error' });
  });

  it('reads /api/generate, and joins the lines of a stream', () => {
    const { message: _, logprobs, ...rest } = body;
    expect(
      recordOf({ prompt: 'Capital?', system: 'Be brief.', ...rest, response: 'Canberra', context: [1] }),
    ).toMatchObject({
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Capital?' },
      ],
      answer: 'Canberra',
    });
    const line = (content: string, done: boolean) => ({
      model: 'm',
      created_at: '2026-01-05T10:00:00Z',
      message: { role: 'assistant', content },
      done,
      ...(done ? { done_reason: 'length' } : {}),
    });
    expect(recordsOf([line('Can', false), line('berra', false), line('', true)])).toEqual([
      { model: 'm', time: '2026-01-05T10:00:00Z', answer: 'Canberra', finish: 'length' },
    ]);
    expect(recordsOf([line('Can', false)])).toMatchObject([{ answer: null, finish: 'error' }]);
    const stored = [line('Can', false), line('berra', true)];
    for (const response of [stored, stored.map((each) => JSON.stringify(each)).join('\n')])
      expect(recordOf({ request: { messages }, response })).toMatchObject({
        messages,
        answer: 'Canberra',
        finish: 'length',
      });
  });
});
