import { describe, expect, it } from 'vitest';
import { failureIn, formatOf, pairs, partsOf, recordOf, requestsOf, rowsOf } from '../reading.js';

const message = { role: 'assistant', content: 'Canberra' };
const choice = { index: 0, message, finish_reason: 'stop' };
const body = { id: 'c1', object: 'chat.completion', created: 1750000000, model: 'm', choices: [choice] };
const messages = [{ role: 'user', content: 'Capital of Australia?' }];
const request = { model: 'm', messages, temperature: 0 };
const whole = {
  id: 'c1',
  model: 'm',
  time: '2025-06-15T15:06:40.000Z',
  decoding: { temperature: 0 },
  messages,
  answer: 'Canberra',
  finish: 'stop',
};
const listed = (...tokens: [string, number][]) => ({
  content: tokens.map(([token, logprob]) => ({ token, logprob, bytes: [...Buffer.from(token)], top_logprobs: [] })),
});

describe('openai-chat: where request and response stand', () => {
  it.each([
    ['request', 'response'],
    ['body', 'response'],
    ['input', 'output'],
    ['kwargs', 'completion'],
  ])('reads %s and %s, as objects and as JSON in strings', (asked, answered) => {
    const row = { [asked]: request, [answered]: body, label: 1 };
    expect(formatOf(row)).toBe('openai-chat');
    expect(recordOf(row)).toEqual({ ...whole, label: 1 });
    expect(recordOf({ [asked]: JSON.stringify(request), [answered]: JSON.stringify(body) })).toEqual(whole);
    const http = {
      [asked]: { method: 'POST', body: request },
      [answered]: { status_code: 200, body: JSON.stringify(body) },
    };
    expect(recordOf(http)).toEqual(whole);
  });

  it('reads a bare response, one with its messages beside, and a conversation', () => {
    const { messages: _, decoding, ...bare } = whole;
    expect(recordOf({ ...body, usage: {}, system_fingerprint: 'f', prompt_logprobs: null })).toEqual(bare);
    expect(recordOf({ ...body, messages, temperature: 0, metadata: { q: 1 } })).toEqual({
      ...whole,
      metadata: { q: 1 },
    });
    expect(recordOf({ messages: [...messages, message], tools: [] })).toEqual({ messages, answer: 'Canberra' });
    expect(recordOf({ messages: [...messages, { role: 'assistant', content: null, tool_calls: [{}] }] })).toEqual({
      messages,
      answer: null,
      finish: 'tool_calls',
    });
  });

  it('reads lists of messages as input and output, and an answer stored as text', () => {
    expect(recordOf({ input: messages, output: [message] })).toEqual({ messages, answer: 'Canberra' });
    expect(recordOf({ input: JSON.stringify(messages), output: JSON.stringify(message) })).toEqual({
      messages,
      answer: 'Canberra',
    });
    expect(recordOf({ request, response: '{"city":"Canberra"}' })).toEqual({
      model: 'm',
      decoding: { temperature: 0 },
      messages,
      answer: '{"city":"Canberra"}',
    });
    expect(recordOf({ messages, response: '[1]' })).toEqual({ messages, answer: '[1]' });
    const beside = { finish_reason: 'length', logprobs: listed(['Canb', -0.1]) };
    expect(
      recordOf({ messages: JSON.stringify(messages), request: { input: 'x' }, response: 'Canb', ...beside }),
    ).toMatchObject({
      prompt: 'x',
      answer: 'Canb',
      finish: 'length',
      tokens: [{ token: 'Canb', logprob: -0.1 }],
    });
    expect(recordOf({ messages, response: 'Canb', finish_reason: 'content_filter' })).toEqual({
      messages,
      answer: null,
      finish: 'content_filter',
    });
    expect(formatOf({ request: 'Capital?', response: 'Canberra' })).toBeUndefined();
    expect(formatOf({ request: { path: '/x' }, response: 'Canberra' })).toBeUndefined();
  });

  it('reads what was stored with JSON in strings, log-probabilities with wrong bytes', () => {
    expect(rowsOf('25-langfuse/otel.jsonl').map((row) => recordOf(row))).toEqual([
      {
        id: 's1',
        model: 'm',
        time: '2025-06-15T15:06:40.000Z',
        messages,
        answer: 'Canberra',
        finish: 'stop',
        tokens: [{ token: 'Canberra', logprob: -0.01 }],
      },
      {
        id: 's2',
        model: 'm',
        messages: [{ role: 'user', content: 'Capital of Peru?' }],
        answer: 'Lima',
        finish: 'stop',
      },
    ]);
  });

  it('joins a batch with its input file by custom_id', () => {
    const requests = requestsOf([{ custom_id: 'q1', method: 'POST', url: '/v1/chat/completions', body: request }]);
    const row = { id: 'batch_req_1', custom_id: 'q1', response: { status_code: 200, body }, error: null };
    expect(recordOf(row, requests)).toEqual({ ...whole, id: 'q1' });
    const { messages: _, decoding, ...alone } = whole;
    expect(recordOf(row)).toEqual({ ...alone, id: 'q1' });
    expect(failureIn({ custom_id: 'q1', method: 'POST', url: '/', body: request }).message).toMatch(/output file/);
  });

  it('reads LiteLLM’s payload: settings, trace, none of the accounting', () => {
    const row = {
      ...{ id: 'c1', trace_id: 't1', call_type: 'acompletion', response_cost: 0.1, status: 'success', model: 'gpt' },
      ...{ model_parameters: { temperature: 0, logprobs: true }, messages, response: body, hidden_params: { x: 1 } },
      ...{ end_user: 'u1', error_str: null, metadata: {} },
    };
    expect(recordOf(row)).toEqual({ ...whole, conversation: 't1', end_user: 'u1' });
    expect(failureIn({ ...row, status: 'failure', response: {}, error_str: 'RateLimitError: 429' })).toMatchObject({
      code: 'BAD_RECORD',
      message: expect.stringContaining('the request failed: RateLimitError: 429'),
    });
  });
});

describe('openai-chat: what is no answer', () => {
  it('gives null for tool calls, function calls and content filters, and the text of a refusal', () => {
    const records = rowsOf('07-toolcall/in.jsonl').map((row) => recordOf(row));
    expect(records.map(({ id, answer, finish, tokens }) => [id, answer, finish, tokens])).toEqual([
      ['tool', null, 'tool_calls', undefined],
      ['tool-lp', null, 'tool_calls', undefined],
      ['function', null, 'function_call', undefined],
      ['filtered', null, 'content_filter', undefined],
      [
        'refusal',
        'I can not help with that.',
        'stop',
        [
          { token: 'I', logprob: -0.1 },
          { token: ' can', logprob: -0.1 },
        ],
      ],
    ]);
  });

  it('gives null for text beside a call, cut off by a filter, aborted or failed; "" is an answer', () => {
    const ends = (finish_reason: unknown, more: object = {}) => {
      const { answer, finish } = recordOf({ ...body, choices: [{ ...choice, finish_reason, ...more }] });
      return [answer, finish];
    };
    expect(ends('stop', { message: { ...message, tool_calls: [{ id: 'x' }] } })).toEqual([null, 'tool_calls']);
    expect(ends('content_filter')).toEqual([null, 'content_filter']);
    expect(ends('abort')).toEqual([null, 'error']);
    expect(ends('insufficient_system_resource')).toEqual([null, 'error']);
    expect(ends('stop', { error: { message: 'x' } })).toEqual([null, 'error']);
    expect(ends('model_length')).toEqual(['Canberra', 'length']);
    expect(ends('length', { message: { content: '' } })).toEqual(['', 'length']);
    expect(ends('stop', { message: { content: null } })).toEqual(['', 'stop']);
    expect(recordOf({ ...body, error: { message: 'died' } })).toMatchObject({ answer: null, finish: 'error' });
  });

  it('refuses failures and responses without a choice, with the reason', () => {
    const error = { message: 'Rate limit reached.', code: 'rate_limit_exceeded' };
    expect(failureIn({ request, response: { error } })).toMatchObject({ field: 'error', got: 'rate_limit_exceeded' });
    expect(failureIn({ request, status: 500, response: {} })).toMatchObject({
      field: 'response.status_code',
      got: 500,
    });
    expect(failureIn({ custom_id: 'q', response: { status_code: 400, body: { error } }, error: null })).toMatchObject({
      message: expect.stringContaining('the request failed: Rate limit reached ('),
      got: 400,
    });
    expect(failureIn({ error: { message: 'engine died', type: 'server_error' } }).message).toMatch(/engine died/);
    expect(failureIn(rowsOf('25-langfuse/nochoice.jsonl')[0])).toMatchObject({ code: 'BAD_RECORD', field: 'choices' });
    expect(failureIn({ ...body, choices: [{}] })).toMatchObject({ code: 'BAD_RECORD', field: 'choices' });
  });

  it('takes further choices for samples as far as they are answers', () => {
    const called = { index: 1, message: { content: null, tool_calls: [{}] }, finish_reason: 'tool_calls' };
    const other = { index: 2, message: { content: 'Sydney' }, finish_reason: 'stop', logprobs: listed(['Sydney', -1]) };
    const row = { request: { messages, temperature: 0.7 }, response: { ...body, choices: [other, called, choice] } };
    expect(recordOf(row)).toMatchObject({
      answer: 'Canberra',
      samples: [{ answer: 'Sydney', temperature: 0.7, tokens: [{ token: 'Sydney', logprob: -1 }] }],
    });
    expect((recordOf(row).samples as unknown[]).length).toBe(1);
  });
});

describe('openai-chat: reasoning and tokens', () => {
  it('aligns reasoning and answer by bytes where characters are split', () => {
    const records = rowsOf('06-reasoning-emoji/in.jsonl').map((row) => recordOf(row));
    const emoji = [-0.1, -0.3, -0.001, -0.001, -0.4];
    expect(records.map((record) => [record.id, pairs(record)?.map(([, logprob]) => logprob)])).toEqual([
      ['reasoned-emoji', emoji],
      ['reasoned-plain', [-0.1, -0.3, -0.4]],
      ['answer-only-emoji', emoji],
      ['no-reasoning-emoji', emoji],
      ['reasoned-emoji-escaped', emoji],
    ]);
    expect(emoji.reduce((sum, x) => sum + x, 0) / 5).toBeCloseTo(-0.1604, 10);
    expect(records[0]).toMatchObject({ answer: 'Yes 😊 ok', reasoning: 'easy' });
    expect((records[0].tokens as unknown[])[1]).toEqual({
      token: ' �',
      logprob: -0.3,
      bytes: [32, 240, 159],
      top: [{ token: ' �', logprob: -0.3 }],
    });
    expect((records[0].tokens as object[])[0]).not.toHaveProperty('bytes');
  });

  it('leaves out end marks without text or bytes', () => {
    const records = rowsOf('29-vllm-guided/in.jsonl').map((row) => recordOf(row));
    const [free, guided, ended] = records.map(({ id: _, ...record }) => record);
    expect(ended).toEqual(guided);
    expect(free.tokens).toHaveLength(5);
    expect(records[3].tokens).toEqual(free.tokens);
  });

  it.each([
    [{ content: 'b', reasoning_content: 'a' }],
    [{ content: 'b', reasoning: 'a' }],
    [{ content: 'b', reasoning_details: [{ type: 'reasoning.text', text: 'a' }] }],
    [
      {
        content: [
          { type: 'thinking', thinking: [{ type: 'text', text: 'a' }] },
          { type: 'text', text: 'b' },
        ],
      },
    ],
  ])('reads the reasoning of %j', (said) => {
    expect(recordOf({ choices: [{ message: said, finish_reason: 'stop' }] })).toEqual({
      answer: 'b',
      reasoning: 'a',
      finish: 'stop',
    });
  });

  it('reads log-probabilities in all their shapes, and leaves out what is not the answer’s', () => {
    const tokensOf = (logprobs: unknown, content = 'Canberra') =>
      pairs(recordOf({ choices: [{ message: { content }, logprobs }] }));
    const expected = [
      ['Can', -0.1],
      ['berra', -0.2],
    ];
    expect(tokensOf(listed(['Can', -0.1], ['berra', -0.2], ['<|eot_id|>', -0.3]))).toEqual(expected);
    expect(tokensOf({ content: null, tokens: ['▁Can', 'berra', '</s>'], token_logprobs: [-0.1, -0.2, 0] })).toEqual([
      [' Can', -0.1],
      ['berra', -0.2],
    ]);
    const top = [{ id: 1, token: 'Can', logprob: '-inf', bytes: [] }];
    const llama = [
      { id: 1, token: 'Can', bytes: [67, 97, 110], prob: 0.5, top_probs: [{ token: 'Can', prob: 0.5 }] },
      { id: 2, token: 'berra', bytes: [98, 101, 114, 114, 97], logprob: -0.2, top_logprobs: top },
    ];
    expect(recordOf({ choices: [{ message, logprobs: { content: llama } }] }).tokens).toEqual([
      { token: 'Can', logprob: Math.log(0.5), top: [{ token: 'Can', logprob: Math.log(0.5) }] },
      { token: 'berra', logprob: -0.2, top: [{ token: 'Can', logprob: Number.NEGATIVE_INFINITY }] },
    ]);
    expect(tokensOf(listed(['Syd', -0.1], ['ney', -0.2]))).toBeUndefined();
    const named = [
      { token: 'token_id:1', logprob: -0.1, bytes: [67, 97, 110], top_logprobs: [] },
      { token: 'token_id:2', logprob: -0.2, bytes: [98, 101, 114, 114, 97], top_logprobs: [] },
    ];
    expect(tokensOf({ content: named })).toEqual(expected);
    const lists = {
      tokens: ['Canberra'],
      token_logprobs: [-0.1],
      top_logprobs: [[{ token: 'Canberra', logprob: -0.1 }]],
    };
    expect(recordOf({ choices: [{ message, logprobs: lists }] }).tokens).toEqual([
      { token: 'Canberra', logprob: -0.1, top: [{ token: 'Canberra', logprob: -0.1 }] },
    ]);
    expect(tokensOf({ content: [] })).toBeUndefined();
    expect(tokensOf([1, 2])).toBeUndefined();
  });
});

describe('openai-chat: streams stored whole', () => {
  const chunk = (delta: object, finish_reason: string | null = null, more: object = {}) => ({
    ...{ id: 'c1', object: 'chat.completion.chunk', created: 1750000000, model: 'm' },
    choices: [{ index: 0, delta, finish_reason, logprobs: null, ...more }],
  });
  const azure = { id: '', object: '', created: 0, model: '', choices: [], prompt_filter_results: [{}] };
  const chunks = [
    azure,
    chunk({ role: 'assistant', content: '' }),
    chunk({ content: 'Can' }, null, { logprobs: listed(['Can', -0.1]) }),
    {
      id: '',
      object: '',
      created: 0,
      model: '',
      choices: [{ index: 0, finish_reason: null, content_filter_results: {} }],
    },
    chunk({ content: 'berra' }, null, { logprobs: listed(['berra', -0.2]) }),
    chunk({}, 'stop'),
  ];
  const sse = (events: unknown[], end = 'data: [DONE]\n\n') =>
    `${events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join('')}${end}`;

  it('joins a list of chunks and raw event text, whatever Azure’s first chunk says', () => {
    const tokens = [
      { token: 'Can', logprob: -0.1 },
      { token: 'berra', logprob: -0.2 },
    ];
    const lines = chunks.map((each) => JSON.stringify(each)).join('\n');
    for (const response of [
      chunks,
      JSON.stringify(chunks),
      lines,
      sse(chunks),
      { status_code: 200, body: sse(chunks) },
    ]) {
      expect(recordOf({ request, response })).toEqual({ ...whole, tokens });
    }
  });

  it('takes raw text without its end, or an error in a stream, for no answer; a list without it has no finish', () => {
    const cut = { ...whole, answer: null, finish: 'error' };
    expect(recordOf({ request, response: sse(chunks.slice(0, -1), '') })).toEqual(cut);
    expect(recordOf({ request, response: [...chunks, { error: { message: 'engine died' } }] })).toEqual(cut);
    const { finish: _, ...unfinished } = whole;
    expect(recordOf({ request, response: chunks.slice(0, -1) })).toMatchObject(unfinished);
    expect(recordOf({ request, response: sse(chunks.slice(0, -1)) })).toMatchObject(unfinished);
  });

  it('takes no raw stream for a text', () => {
    const other = 'event: message_start\ndata: {"type":"message_start"}\n\n';
    expect(formatOf({ request, response: other })).toBeUndefined();
    expect(formatOf({ request, response: '{"done":false}\n{"done":true}' })).toBeUndefined();
    expect(recordOf({ request, response: '{"a":1}\n{"b":2}' })).toMatchObject({ answer: '{"a":1}\n{"b":2}' });
    expect(failureIn({ request, response: 'data: {"error":{"message":"died"}}\n\n' }).message).toMatch(/failed: died/);
  });

  it('sees calls, reasoning and refusals in deltas', () => {
    const call = [
      chunk({ content: null, tool_calls: [{ index: 0, id: 'x', function: { name: 'f' } }] }),
      chunk({}, 'tool_calls'),
    ];
    expect(recordOf({ request, response: call })).toMatchObject({ answer: null, finish: 'tool_calls' });
    const thought = [
      chunk({ reasoning_content: 'a' }),
      chunk({ reasoning_content: 'b' }),
      chunk({ content: 'c' }, 'stop'),
    ];
    expect(recordOf({ request, response: thought })).toMatchObject({ answer: 'c', reasoning: 'ab' });
    const refused = [chunk({ content: null, refusal: 'I ' }), chunk({ refusal: 'cannot' }), chunk({}, 'stop')];
    expect(recordOf({ request, response: refused })).toMatchObject({ answer: 'I cannot', finish: 'stop' });
  });
});

it('reads a page of stored responses as each of them', () => {
  const page = {
    object: 'list',
    data: [
      { ...body, metadata: { q: '1' } },
      { ...body, id: 'c2' },
    ],
    has_more: false,
  };
  expect(formatOf(page)).toBe('openai-list');
  const { messages: _, decoding, ...bare } = whole;
  expect(partsOf(page)).toEqual([{ record: { ...bare, metadata: { q: '1' } } }, { record: { ...bare, id: 'c2' } }]);
});

it('passes nothing on that it does not know to be a log', () => {
  for (const row of [{}, { id: 1 }, { answer: 'x' }, { request: {}, response: {} }, { choices: 'x' }, { output: 'x' }])
    expect(formatOf(row)).toBeUndefined();
  expect(() => partsOf({})).toThrow('no format');
});

describe('ends as other providers call them', () => {
  it.each([
    ['sensitive', 'content_filter'],
    ['network_error', 'error'],
  ])('%s is %s: no answer', (finish_reason, finish) => {
    const row = { object: 'chat.completion', choices: [{ index: 0, message: { content: 'par' }, finish_reason }] };
    expect(recordOf(row)).toEqual({ answer: null, finish });
  });
});
