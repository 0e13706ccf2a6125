import { describe, expect, it } from 'vitest';
import { failureIn, formatOf, recordOf, recordsOf, requestsOf, rowsOf } from '../reading.js';

const text = (said: string, more: object = {}) => ({ type: 'output_text', text: said, annotations: [], ...more });
const message = (...content: object[]) => ({ type: 'message', role: 'assistant', status: 'completed', content });
const response = (output: unknown[], more: object = {}) => ({
  ...{ id: 'resp_1', object: 'response', created_at: 1750000000, model: 'gpt-x', status: 'completed', output },
  ...more,
});
const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{}' };
const search = { type: 'web_search_call', id: 'ws_1', status: 'completed' };
const ends = (output: unknown[], more: object = {}) => {
  const { answer, finish } = recordOf(response(output, more));
  return [answer, finish];
};

describe('openai-responses: where it stands', () => {
  it('reads bare responses and batches, with and without their input file', () => {
    expect(recordsOf(rowsOf('08-responses-api/in.jsonl'))).toEqual([
      {
        id: 'resp_1',
        model: 'gpt-x',
        time: '2025-06-15T15:06:40.000Z',
        answer: 'Canberra',
        finish: 'stop',
        tokens: [
          { token: 'Can', logprob: -0.1 },
          { token: 'berra', logprob: -0.01 },
        ],
      },
    ]);
    const rows = rowsOf('08-responses-api/batch.jsonl');
    const alone = { id: 'q1', model: 'gpt-x', time: '2025-06-15T15:06:40.000Z', answer: 'Canberra', finish: 'stop' };
    const tokens = [{ token: 'Can', logprob: -0.1 }];
    expect(formatOf(rows[0])).toBe('openai-responses');
    expect(recordsOf(rows)).toEqual([{ ...alone, tokens }]);
    const requests = requestsOf(rowsOf('08-responses-api/batch-input.jsonl'));
    expect(recordsOf(rows, requests)).toEqual([{ ...alone, tokens, prompt: 'Capital of Australia?' }]);
  });

  it('reads a request’s input as text or as items, its instructions as the system’s turn', () => {
    const asked = (request: unknown) => {
      const { prompt, messages } = recordOf({ request, response: response([message(text('x'))]) });
      return prompt ?? messages;
    };
    expect(asked({ input: 'Hi' })).toBe('Hi');
    expect(asked({ input: 'Hi', instructions: 'Be brief.' })).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Hi' },
    ]);
    const items = [
      { role: 'developer', content: 'Be kind.' },
      {
        type: 'message',
        role: 'user',
        content: [
          { type: 'input_text', text: 'See' },
          { type: 'input_image', image_url: 'https://x/y.png' },
        ],
      },
      { type: 'reasoning', summary: [] },
      call,
      { type: 'function_call_output', call_id: 'call_1', output: '42' },
    ];
    expect(asked({ input: items })).toEqual([
      { role: 'developer', content: 'Be kind.' },
      { role: 'user', content: 'See', media: ['https://x/y.png'] },
      { role: 'assistant', content: null },
      { role: 'tool', content: '42' },
    ]);
    expect(recordOf(response([message(text('x'))], { instructions: 'Be brief.' }))).not.toHaveProperty('messages');
  });

  it('keeps settings, conversation and the user’s keys', () => {
    const row = {
      request: { input: 'Hi', max_output_tokens: 5, reasoning: { effort: 'low' }, conversation: 'conv_1' },
      response: response([message(text('x'))]),
      label: 1,
    };
    expect(recordOf(row)).toMatchObject({
      ...{ label: 1, conversation: 'conv_1', decoding: { max_output_tokens: 5, reasoning_effort: 'low' } },
    });
    expect(
      recordOf(response([message(text('x'))], { temperature: 0, metadata: { q: '1' }, usage: {}, tools: [] })),
    ).toEqual({
      ...{ id: 'resp_1', model: 'gpt-x', time: '2025-06-15T15:06:40.000Z', answer: 'x', finish: 'stop' },
      ...{ decoding: { temperature: 0 }, metadata: { q: '1' } },
    });
  });
});

describe('openai-responses: what the answer is', () => {
  it('is the text of the last messages, without commentary; a refusal is one', () => {
    expect(ends([message(text('Can'), text('berra'))])).toEqual(['Canberra', 'stop']);
    expect(ends([message(text('I look.')), search, message(text('Canberra'))])).toEqual(['Canberra', 'stop']);
    expect(ends([{ ...message(text('Hm.')), phase: 'commentary' }, message(text('Canberra'))])).toEqual([
      'Canberra',
      'stop',
    ]);
    expect(ends([message({ type: 'refusal', refusal: 'No.' })])).toEqual(['No.', 'stop']);
  });

  it('is null while a call is open, beside text too, and where no message came of it', () => {
    expect(ends([call])).toEqual([null, 'tool_calls']);
    expect(ends([message(text('Let me see.')), call])).toEqual([null, 'tool_calls']);
    expect(ends([call, message(text('x'))])).toEqual([null, 'tool_calls']);
    expect(ends([{ type: 'mcp_approval_request', id: 'a' }])).toEqual([null, 'tool_calls']);
    expect(ends([search])).toEqual([null, 'tool_calls']);
    const done = { type: 'function_call_output', call_id: 'call_1', output: '42' };
    expect(ends([call, done, message(text('42'))])).toEqual(['42', 'stop']);
  });

  it('ends as the status says', () => {
    const incomplete = (reason: string) => ({ status: 'incomplete', incomplete_details: { reason } });
    expect(ends([message(text('Canb'))], incomplete('max_output_tokens'))).toEqual(['Canb', 'length']);
    expect(ends([{ type: 'reasoning', summary: [] }], incomplete('max_output_tokens'))).toEqual(['', 'length']);
    expect(ends([message(text('Canb'))], incomplete('content_filter'))).toEqual([null, 'content_filter']);
    expect(ends([message(text('Canb'))], { status: 'cancelled' })).toEqual([null, 'error']);
    expect(
      failureIn(response([], { status: 'failed', error: { code: 'server_error', message: 'died' } })),
    ).toMatchObject({
      message: expect.stringContaining('the request failed: died'),
      got: 'server_error',
    });
    expect(failureIn(response([], { status: 'in_progress' }))).toMatchObject({ code: 'BAD_RECORD' });
    expect(failureIn(response([]))).toMatchObject({ code: 'BAD_RECORD' });
  });

  it('keeps reasoning apart, with the tokens of the answer', () => {
    const logprobs = [
      {
        token: 'Canberra',
        logprob: -0.1,
        bytes: [67, 97, 110, 98, 101, 114, 114, 97],
        top_logprobs: [
          { token: 'Canberra', logprob: -0.1 },
          { token: 'Sydney', logprob: -3 },
        ],
      },
    ];
    const thought = {
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'short' }],
      content: [{ type: 'reasoning_text', text: 'long' }],
    };
    expect(recordOf(response([thought, message(text('Canberra', { logprobs }))]))).toMatchObject({
      reasoning: 'long',
      answer: 'Canberra',
      tokens: [
        {
          token: 'Canberra',
          logprob: -0.1,
          top: [
            { token: 'Canberra', logprob: -0.1 },
            { token: 'Sydney', logprob: -3 },
          ],
        },
      ],
    });
  });

  it('reads a stream’s events stored as one', () => {
    const whole = response([message(text('Canberra'))]);
    const events = [
      { type: 'response.created', sequence_number: 0, response: { ...whole, status: 'in_progress', output: [] } },
      { type: 'response.output_text.delta', sequence_number: 1, item_id: 'msg_1', delta: 'Can' },
      { type: 'response.output_item.done', sequence_number: 2, output_index: 0, item: whole.output[0] },
      { type: 'response.completed', sequence_number: 3, response: whole },
    ];
    const sse = events.map((event) => `event: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`).join('');
    for (const stored of [events, sse]) {
      expect(recordOf({ request: { input: 'Hi' }, response: stored })).toMatchObject({
        id: 'resp_1',
        prompt: 'Hi',
        answer: 'Canberra',
        finish: 'stop',
      });
    }
    expect(recordOf({ request: { input: 'Hi' }, response: events.slice(0, 3) })).toMatchObject({
      answer: null,
      finish: 'error',
    });
    expect(
      recordOf({
        request: { input: 'Hi' },
        response: [...events.slice(0, 2), { type: 'error', sequence_number: 2, message: 'died' }],
      }),
    ).toMatchObject({ answer: null, finish: 'error' });
  });
});
