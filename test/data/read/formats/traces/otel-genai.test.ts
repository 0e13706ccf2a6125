import { describe, expect, it } from 'vitest';
import { otelGenAi } from '../../../../../data/read/formats/traces/otel-genai.js';
import { captured, formatOf, partsOf, recordOf } from '../parts-of.js';

const value = (held: unknown): object => {
  if (typeof held === 'string') return { stringValue: held };
  if (typeof held === 'number') return Number.isInteger(held) ? { intValue: String(held) } : { doubleValue: held };
  return { arrayValue: { values: (held as unknown[]).map(value) } };
};
const list = (attributes: object) => Object.entries(attributes).map(([key, held]) => ({ key, value: value(held) }));
const span = (attributes: object, more = {}) => ({
  traceId: 'a1',
  spanId: 'b1',
  name: 'chat gpt-4o',
  startTimeUnixNano: '1767607200123000000',
  attributes: list(attributes),
  ...more,
});
const otlp = (...spans: object[]) => ({ resourceSpans: [{ resource: {}, scopeSpans: [{ scope: {}, spans }] }] });
const parts = (content: string) => [{ type: 'text', content }];
const call = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.request.model': 'gpt-4o',
  'gen_ai.response.model': 'gpt-4o-2024-11-20',
  'gen_ai.request.temperature': 0.5,
  'gen_ai.response.finish_reasons': ['stop'],
  'gen_ai.system_instructions': JSON.stringify(parts('Be brief.')),
  'gen_ai.input.messages': JSON.stringify([{ role: 'user', parts: parts('Capital of Australia?') }]),
  'gen_ai.output.messages': JSON.stringify([{ role: 'assistant', parts: parts('Canberra'), finish_reason: 'stop' }]),
};
const turns = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Capital of Australia?' },
];
const said = (record: unknown) =>
  (({ messages, answer, finish }) => ({ messages, answer, finish }))(record as Record<string, unknown>);

describe('OpenTelemetry GenAI: messages in attributes', () => {
  it('reads every span of a line, and passes what is no model call', () => {
    const row = otlp(
      span(call),
      span({ ...call, 'gen_ai.response.id': 'chatcmpl-2', 'gen_ai.conversation.id': 'c9' }, { spanId: 'b2' }),
      span({ 'http.request.method': 'POST' }, { name: 'POST' }),
      span({ 'gen_ai.operation.name': 'execute_tool' }),
      span({ 'gen_ai.operation.name': 'invoke_agent', 'gen_ai.output.messages': call['gen_ai.output.messages'] }),
      span({ 'gen_ai.operation.name': 'embeddings' }),
    );
    expect(formatOf(row)).toBe('otel-genai');
    const [first, second, ...others] = partsOf(otelGenAi, row);
    expect(first).toEqual({
      id: 'b1',
      conversation: 'a1',
      traceId: 'a1',
      spanId: 'b1',
      model: 'gpt-4o-2024-11-20',
      time: '2026-01-05T10:00:00.123Z',
      decoding: { temperature: 0.5 },
      messages: turns,
      answer: 'Canberra',
      finish: 'stop',
    });
    expect(second).toMatchObject({ id: 'chatcmpl-2', conversation: 'c9' });
    expect(others).toEqual([
      'passed: not a model call',
      'passed: a span of execute_tool, not a model call',
      'passed: a span of invoke_agent, not a model call',
      'passed: an embedding or reranking, not an answer',
    ]);
  });

  it('reads attributes as values, as protobuf names them in snake_case, and one span alone', () => {
    const structured = {
      ...call,
      'gen_ai.input.messages': [{ role: 'user', parts: parts('Capital of Australia?') }],
      'gen_ai.output.messages': [{ role: 'assistant', parts: parts('Canberra') }],
      'gen_ai.system_instructions': parts('Be brief.'),
    };
    const alone = { name: 'chat', context: { trace_id: '0xa1', span_id: '0xb1' }, attributes: structured };
    expect(formatOf(alone)).toBe('otel-genai');
    expect(recordOf(otelGenAi, alone)).toMatchObject({
      id: 'b1',
      conversation: 'a1',
      messages: turns,
      answer: 'Canberra',
      finish: 'stop',
    });
    const snake = {
      resource_spans: [
        {
          scope_spans: [
            {
              spans: [
                {
                  trace_id: 'a1',
                  span_id: 'b1',
                  attributes: [
                    { key: 'gen_ai.output.messages', value: { string_value: call['gen_ai.output.messages'] } },
                  ],
                },
              ],
            },
          ],
        },
      ],
    };
    expect(recordOf(otelGenAi, snake)).toMatchObject({ id: 'b1', answer: 'Canberra' });
  });

  it('keeps reasoning apart, takes no answer from calls, and further messages as samples', () => {
    const output = (...messages: object[]) =>
      recordOf(otelGenAi, span({ ...call, 'gen_ai.output.messages': JSON.stringify(messages) }));
    const thought = {
      role: 'assistant',
      parts: [{ type: 'reasoning', content: 'Not Sydney.' }, ...parts('Canberra')],
      finish_reason: 'length',
    };
    expect(output(thought)).toMatchObject({ answer: 'Canberra', reasoning: 'Not Sydney.', finish: 'length' });
    const called = {
      role: 'assistant',
      parts: [...parts('Wait'), { type: 'tool_call', id: 'c', name: 'f', arguments: {} }],
      finish_reason: 'tool_call',
    };
    expect(output(called)).toMatchObject({ answer: null, finish: 'tool_calls' });
    const two = ['Canberra', 'Sydney'].map((text) => ({
      role: 'assistant',
      parts: parts(text),
      finish_reason: 'stop',
    }));
    expect(output(...two)).toMatchObject({ answer: 'Canberra', samples: [{ answer: 'Sydney', temperature: 0.5 }] });
    expect(output({ role: 'assistant', parts: parts('How'), finish_reason: 'content_filter' }).answer).toBeNull();
  });

  it('keeps what tools gave back among the turns, and media by name', () => {
    const input = [
      { role: 'user', parts: [...parts('Weather?'), { type: 'uri', modality: 'image', uri: 'https://x.test/a.png' }] },
      { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'f', arguments: {} }] },
      { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'rain' }] },
    ];
    expect(recordOf(otelGenAi, span({ ...call, 'gen_ai.input.messages': JSON.stringify(input) })).messages).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'Weather?', media: ['https://x.test/a.png'] },
      { role: 'assistant', content: null },
      { role: 'tool', content: 'rain' },
    ]);
  });

  it('reads spans as OpenLLMetry wrote them: its own capture, printed and as OTLP', () => {
    const printed = captured('openllmetry-console.jsonl').map((row) => recordOf(otelGenAi, row));
    expect(printed.map(said)).toEqual([
      { messages: turns, answer: 'Canberra', finish: 'stop' },
      { messages: turns, answer: 'Canberra', finish: 'stop' },
      { messages: turns, answer: 'Canberra', finish: 'stop' },
      { messages: [{ role: 'user', content: 'WEATHER?' }], answer: null, finish: 'tool_calls' },
      {
        messages: [{ role: 'user', content: 'What is this?', media: ['https://x.test/a.png'] }],
        answer: 'Canberra',
        finish: 'stop',
      },
    ]);
    expect(printed[1]).toMatchObject({
      samples: [{ answer: 'Sydney', temperature: 0.8 }],
      decoding: { temperature: 0.8 },
    });
    const [row] = captured('openllmetry-otlp.jsonl');
    expect(partsOf(otelGenAi, row).map(said)).toEqual(printed.map(said));
  });

  it('reads rows of ClickHouse and spans of Jaeger', () => {
    const row = {
      Timestamp: '2026-01-05 10:00:00.123000000',
      TraceId: 'a1',
      SpanId: 'b1',
      SpanName: 'chat',
      SpanAttributes: call,
      StatusCode: 'Unset',
      'Events.Name': [],
      'Events.Attributes': [],
    };
    expect(formatOf(row)).toBe('otel-genai');
    expect(recordOf(otelGenAi, row)).toMatchObject({
      id: 'b1',
      time: '2026-01-05T10:00:00.123000000Z',
      messages: turns,
      answer: 'Canberra',
    });
    expect(
      partsOf(otelGenAi, {
        ...row,
        SpanAttributes: { 'gen_ai.operation.name': 'chat' },
        StatusCode: 'Error',
        StatusMessage: 'Timeout',
      }),
    ).toEqual(['failed: field "status": the request failed: Timeout. [VOUCH_BAD_RECORD]']);
    const tags = Object.entries(call).map(([key, held]) => ({ key, type: 'string', value: held }));
    const jaeger = {
      data: [
        {
          traceID: 'a1',
          spans: [{ traceID: 'a1', spanID: 'b1', operationName: 'chat', startTime: 1767607200123000, tags, logs: [] }],
        },
      ],
    };
    expect(formatOf(jaeger)).toBe('otel-genai');
    expect(recordOf(otelGenAi, jaeger)).toMatchObject({
      id: 'b1',
      conversation: 'a1',
      time: '2026-01-05T10:00:00.123Z',
      messages: turns,
      answer: 'Canberra',
    });
  });

  it('reads older attributes of OpenLLMetry, and events that Pydantic AI keeps in an attribute', () => {
    const older = {
      'llm.request.type': 'chat',
      'llm.prompts.0.role': 'user',
      'llm.prompts.0.content': 'Hi',
      'llm.completions.0.role': 'assistant',
      'llm.completions.0.content': 'Hello',
      'llm.completions.0.finish_reason': 'stop',
    };
    const expected = { messages: [{ role: 'user', content: 'Hi' }], answer: 'Hello', finish: 'stop' };
    expect(said(recordOf(otelGenAi, span(older)))).toEqual(expected);
    const events = JSON.stringify([
      { content: 'Hi', role: 'user', 'event.name': 'gen_ai.user.message' },
      { index: 0, message: { role: 'assistant', content: 'Hello' }, 'event.name': 'gen_ai.choice' },
    ]);
    const kept = { 'gen_ai.operation.name': 'chat', 'gen_ai.response.finish_reasons': ['stop'], events };
    expect(said(recordOf(otelGenAi, span(kept)))).toEqual(expected);
  });

  it('reads the spans of the AI SDK once', () => {
    const inner = {
      'ai.operationId': 'ai.generateText.doGenerate',
      'gen_ai.request.model': 'm',
      'ai.prompt.messages': '[{"role":"user","content":"Hi"}]',
      'ai.response.text': 'Hello',
      'ai.response.finishReason': 'stop',
    };
    const row = otlp(
      span({ 'ai.response.text': 'Hello', 'ai.prompt': 'Hi' }, { name: 'ai.generateText' }),
      span(inner, { name: 'ai.generateText.doGenerate' }),
    );
    const [outer, record] = partsOf(otelGenAi, row);
    expect(outer).toBe('passed: the outer span of a model call');
    expect(record).toMatchObject({ messages: [{ role: 'user', content: 'Hi' }], answer: 'Hello', finish: 'stop' });
  });
});

describe('OpenTelemetry GenAI: messages in events', () => {
  const event = (name: string, attributes: object) => ({ name, attributes: list(attributes) });
  const bare = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-4o' };

  it('reads the events of a span in their older and newer forms', () => {
    const expected = { messages: turns, answer: 'Canberra', finish: 'stop' };
    const content = (text: string, more = {}) => ({
      'gen_ai.event.content': JSON.stringify({ content: text, ...more }),
    });
    const eventLists = [
      [
        event('gen_ai.system.message', { content: 'Be brief.' }),
        event('gen_ai.user.message', { content: 'Capital of Australia?' }),
        event('gen_ai.choice', {
          index: 0,
          finish_reason: 'stop',
          message: JSON.stringify({ role: 'assistant', content: 'Canberra' }),
        }),
      ],
      [
        event('gen_ai.system.message', content('Be brief.', { role: 'system' })),
        event('gen_ai.user.message', content('Capital of Australia?', { role: 'user' })),
        event('gen_ai.choice', {
          'gen_ai.event.content': JSON.stringify({ index: 0, finish_reason: 'stop', message: { content: 'Canberra' } }),
        }),
      ],
      [
        event('gen_ai.content.prompt', { 'gen_ai.prompt': JSON.stringify(turns) }),
        event('gen_ai.content.completion', {
          'gen_ai.completion': JSON.stringify([{ role: 'assistant', content: 'Canberra', finish_reason: 'stop' }]),
        }),
      ],
      [event('gen_ai.client.inference.operation.details', call)],
    ];
    for (const events of eventLists) expect(said(recordOf(otelGenAi, span(bare, { events })))).toEqual(expected);
  });

  it('takes the text of a span that failed for no answer, unless it says how it ended', () => {
    const said = (finish_reason?: string) =>
      JSON.stringify([{ role: 'assistant', parts: [{ type: 'text', content: 'Can' }], finish_reason }]);
    const failed = (finish?: string) =>
      recordOf(
        otelGenAi,
        span(
          { ...call, 'gen_ai.response.finish_reasons': [], 'gen_ai.output.messages': said(finish) },
          { status: { code: 2 } },
        ),
      );
    expect(failed()).toMatchObject({ answer: null, finish: 'error' });
    expect(failed('stop')).toMatchObject({ answer: 'Can', finish: 'stop' });
  });

  it('takes the grades of evaluation events', () => {
    const events = [
      event('gen_ai.evaluation.result', {
        'gen_ai.evaluation.name': 'correctness',
        'gen_ai.evaluation.score.value': 0.5,
      }),
      event('gen_ai.evaluation.result', {
        'gen_ai.evaluation.name': 'verdict',
        'gen_ai.evaluation.score.label': 'pass',
      }),
    ];
    expect(recordOf(otelGenAi, span(call, { events })).labels).toEqual([
      { name: 'correctness', value: 0.5 },
      { name: 'verdict', value: 1, raw: 'pass' },
    ]);
  });

  it('says what to do where messages were not recorded, and that a call failed', () => {
    expect(partsOf(otelGenAi, span(bare))[0]).toContain('OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT');
    expect(partsOf(otelGenAi, span(bare, { status: { code: 2, message: 'Rate limit' } }))).toEqual([
      'failed: field "status": the request failed: Rate limit. [VOUCH_BAD_RECORD]',
    ]);
  });
});

describe('OpenTelemetry GenAI: messages in log records', () => {
  const expected = [
    { messages: turns, answer: 'Canberra', finish: 'stop' },
    { messages: turns, answer: 'Canberra', finish: 'stop' },
    { messages: turns, answer: 'Canberra', finish: 'stop' },
    { messages: [{ role: 'user', content: 'WEATHER?' }], answer: null, finish: 'tool_calls' },
    {
      messages: [{ role: 'user', content: 'What is this?', media: ['https://x.test/a.png'] }],
      answer: 'Canberra',
      finish: 'stop',
    },
  ];

  it('joins those of one span in a line', () => {
    const [row] = captured('otel-logs-otlp.jsonl');
    expect(formatOf(row)).toBe('otel-genai');
    const records = partsOf(otelGenAi, row);
    expect(records.map(said)).toEqual(expected);
    expect(records[0]).toMatchObject({ conversation: 'UAUk/0DNOJZG4rtI+EmNVQ==', spanId: 'NJxzFVzfrrk=' });
    expect(records[1]).toMatchObject({ samples: [{ answer: 'Sydney' }] });
  });

  it('joins those of one span over several lines; a further choice is passed', () => {
    const rows = captured('otel-logs-console.jsonl');
    const pieces = new Map<string, Record<string, unknown>[]>();
    const results: unknown[] = [];
    for (const row of rows) {
      const key = otelGenAi.pieceOf?.(row) as string;
      pieces.set(key, [...(pieces.get(key) ?? []), row]);
      if (otelGenAi.isLast?.(row)) {
        results.push(...partsOf(otelGenAi, otelGenAi.join?.(pieces.get(key) as Record<string, unknown>[])));
        pieces.delete(key);
      }
    }
    expect(pieces.size).toBe(0);
    expect(results.filter((result) => typeof result === 'string')).toEqual([
      'passed: a further choice of a call on other lines',
    ]);
    expect(results.filter((result) => typeof result !== 'string').map(said)).toEqual(expected);
  });

  it('reads an event that holds a whole call, and refuses half of one', () => {
    const record = (name: string, more: object) => ({ traceId: 'a1', spanId: 'b1', eventName: name, ...more });
    const logs = (...logRecords: object[]) => ({ resourceLogs: [{ scopeLogs: [{ logRecords }] }] });
    const whole = logs(record('gen_ai.client.inference.operation.details', { attributes: list(call) }));
    expect(said(recordOf(otelGenAi, whole))).toEqual({ messages: turns, answer: 'Canberra', finish: 'stop' });
    expect(otelGenAi.pieceOf?.(whole)).toBeNull();
    const text = { kvlistValue: { values: [{ key: 'content', value: { stringValue: 'Hi' } }] } };
    expect(partsOf(otelGenAi, logs(record('gen_ai.user.message', { body: text })))[0]).toContain(
      'the answer of this call is missing at this place',
    );
    expect(formatOf(logs(record('http', { body: text })))).toBeNull();
  });
});
