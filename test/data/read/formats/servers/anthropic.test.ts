import { describe, expect, it } from 'vitest';
import { anthropic } from '../../../../../data/read/formats/servers/anthropic.js';
import { formatOf, partsOf, recordOf } from '../parts-of.js';

const request = {
  model: 'claude-sonnet-4-5',
  max_tokens: 64,
  temperature: 0.5,
  system: 'Be brief.',
  messages: [{ role: 'user', content: [{ type: 'text', text: 'Capital of Australia?' }] }],
};
const message = (content: unknown, reason: string | null = 'end_turn') => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model: 'claude-sonnet-4-5-20250929',
  content,
  stop_reason: reason,
  stop_sequence: null,
  usage: { input_tokens: 10, output_tokens: 5 },
});
const text = (said: string) => [{ type: 'text', text: said }];

describe('Anthropic messages', () => {
  it('reads a pair: system text and turns, answer, end, decoding, the user’s own keys', () => {
    const row = { id: 'r1', request, response: message(text('Canberra')), label: 1, timestamp: '2026-01-05 10:00:00' };
    expect(formatOf(row)).toBe('anthropic');
    expect(recordOf(anthropic, row)).toEqual({
      id: 'r1',
      label: 1,
      time: '2026-01-05T10:00:00Z',
      model: 'claude-sonnet-4-5-20250929',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Capital of Australia?' },
      ],
      decoding: { max_tokens: 64, temperature: 0.5 },
      answer: 'Canberra',
      finish: 'stop',
    });
  });

  it('reads a bare message by its own id, with a prompt beside it, and bodies that are JSON in a text', () => {
    expect(recordOf(anthropic, { ...message(text('Lima')), prompt: 'Capital of Peru?' })).toEqual({
      id: 'msg_1',
      model: 'claude-sonnet-4-5-20250929',
      prompt: 'Capital of Peru?',
      answer: 'Lima',
      finish: 'stop',
    });
    const stored = { request_body: JSON.stringify(request), response_body: JSON.stringify(message(text('Canberra'))) };
    expect(recordOf(anthropic, stored)).toMatchObject({ answer: 'Canberra', id: 'msg_1' });
  });

  it('takes a text or messages as what was asked, and lets through what it does not take', () => {
    const row = { input: 'Capital of Peru?', output: message(text('Lima')), result: 'kept', body: 7 };
    expect(recordOf(anthropic, row)).toMatchObject({
      prompt: 'Capital of Peru?',
      answer: 'Lima',
      result: 'kept',
      body: 7,
    });
    const listed = { input: request.messages, output: message(text('Lima')) };
    expect(recordOf(anthropic, listed).messages).toEqual([{ role: 'user', content: 'Capital of Australia?' }]);
    const beside = { messages: request.messages, system: 'Be brief.', response: message(text('Lima')) };
    expect(recordOf(anthropic, beside)).toEqual({
      id: 'msg_1',
      model: 'claude-sonnet-4-5-20250929',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Capital of Australia?' },
      ],
      answer: 'Lima',
      finish: 'stop',
    });
  });

  it('finds the request in the body of a logged HTTP request, and takes no settings for a prompt', () => {
    const logged = {
      request: { url: 'https://x.test', method: 'POST', headers: {}, body: request },
      response: { status: 200, headers: {}, body: message(text('Canberra')) },
    };
    expect(formatOf(logged)).toBe('anthropic');
    expect(recordOf(anthropic, logged)).toMatchObject({
      answer: 'Canberra',
      messages: [{}, {}],
      decoding: { max_tokens: 64 },
    });
    const hidden = recordOf(anthropic, { request: { model: 'm', max_tokens: 9 }, response: message(text('Lima')) });
    expect(hidden).toEqual({
      id: 'msg_1',
      model: 'claude-sonnet-4-5-20250929',
      decoding: { max_tokens: 9 },
      answer: 'Lima',
      finish: 'stop',
    });
  });

  it('keeps thoughts apart, joins cited texts, and names an end at the limit', () => {
    const content = [
      { type: 'thinking', thinking: 'It is not Sydney.', signature: 'x' },
      { type: 'redacted_thinking', data: 'y' },
      { type: 'text', text: 'It is ' },
      { type: 'text', text: 'Canberra', citations: [] },
    ];
    expect(recordOf(anthropic, { request, response: message(content, 'max_tokens') })).toMatchObject({
      answer: 'It is Canberra',
      reasoning: 'It is not Sydney.',
      finish: 'length',
    });
  });

  it.each([
    [[{ type: 'tool_use', id: 't', name: 'lookup', input: {} }], 'tool_use', 'tool_calls'],
    [[...text('Let me see.'), { type: 'tool_use', id: 't', name: 'lookup', input: {} }], 'tool_use', 'tool_calls'],
    [text('How to'), 'refusal', 'content_filter'],
    [text('Searching.'), 'pause_turn', 'tool_calls'],
  ])('takes no answer from %j with %s', (content, reason, finish) => {
    const record = recordOf(anthropic, { request, response: message(content, reason) });
    expect([record.answer, record.finish]).toEqual([null, finish]);
  });

  it('reads what the provider’s own tools came to, and an empty answer as one', () => {
    const searched = [{ type: 'server_tool_use', id: 's', name: 'web_search', input: {} }, ...text('Canberra')];
    expect(recordOf(anthropic, { request, response: message(searched) }).answer).toBe('Canberra');
    expect(recordOf(anthropic, { request, response: message([]) })).toMatchObject({ answer: '', finish: 'stop' });
  });

  it('reads the results of a batch, with requests by custom_id or beside; the others fail with their reason', () => {
    const row = { custom_id: 'q1', result: { type: 'succeeded', message: message(text('Canberra')) } };
    expect(formatOf(row)).toBe('anthropic');
    const requests = new Map([['q1', request as Record<string, unknown>]]);
    expect(recordOf(anthropic, row, { requests })).toMatchObject({ id: 'q1', answer: 'Canberra', messages: [{}, {}] });
    expect(recordOf(anthropic, { ...row, params: request }).messages).toHaveLength(2);
    const errored = {
      type: 'errored',
      error: { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    };
    expect(partsOf(anthropic, { custom_id: 'q2', result: errored })).toEqual([
      'failed: field "result.error": the request failed: Overloaded. [VOUCH_BAD_RECORD]',
    ]);
    expect(partsOf(anthropic, { custom_id: 'q3', result: { type: 'expired' } })[0]).toContain('not answered in time');
    expect(partsOf(anthropic, { custom_id: 'q4', result: { type: 'canceled' } })[0]).toContain('canceled');
  });

  it('reads an error in place of a response as a failed request', () => {
    const row = {
      id: 'r',
      request,
      response: { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down.' } },
    };
    expect(formatOf(row)).toBe('anthropic');
    expect(partsOf(anthropic, row)).toEqual([
      'failed: field "error": the request failed: Slow down. [VOUCH_BAD_RECORD]',
    ]);
  });
});

describe('Anthropic streams', () => {
  const events = [
    { type: 'message_start', message: { ...message([]), stop_reason: null } },
    { type: 'content_block_start', index: 0, content_block: { type: 'thinking', thinking: '' } },
    { type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking: 'Not Sydney.' } },
    { type: 'content_block_stop', index: 0 },
    { type: 'ping' },
    { type: 'content_block_start', index: 1, content_block: { type: 'text', text: '' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'Can' } },
    { type: 'content_block_delta', index: 1, delta: { type: 'text_delta', text: 'berra' } },
    { type: 'content_block_stop', index: 1 },
    { type: 'message_delta', delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } },
    { type: 'message_stop' },
  ];

  it('joins the events in one row, and those of many', () => {
    const expected = { id: 'msg_1', answer: 'Canberra', reasoning: 'Not Sydney.', finish: 'stop' };
    expect(recordOf(anthropic, { request, response: events })).toMatchObject({ ...expected, messages: [{}, {}] });
    expect(events.map((event) => [formatOf(event), anthropic.pieceOf?.(event)])).toEqual(
      events.map(() => ['anthropic', 'stream']),
    );
    expect(events.map((event) => anthropic.isLast?.(event)).indexOf(true)).toBe(events.length - 1);
    expect(recordOf(anthropic, anthropic.join?.(events))).toMatchObject(expected);
    const wire = events.map((event) => ({ event: event.type, data: JSON.stringify(event) }));
    expect(recordOf(anthropic, anthropic.join?.(wire))).toMatchObject(expected);
  });

  it('takes no answer from a stream with an error, and refuses one that breaks off or runs into another', () => {
    const broken = [
      ...events.slice(0, 7),
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    ];
    expect(recordOf(anthropic, { response: broken })).toMatchObject({ answer: null, finish: 'error' });
    expect(partsOf(anthropic, { response: events.slice(0, 8) })[0]).toContain('breaks off before its message_stop');
    expect(partsOf(anthropic, { response: [...events.slice(0, 4), ...events] })[0]).toContain(
      'a second message starts',
    );
    expect(partsOf(anthropic, { response: [events[0], events[7]] })[0]).toContain('the start of block 1 is missing');
  });
});
