import { describe, expect, it } from 'vitest';
import { litellmSpend } from '../../../../data/read/formats/servers/litellm-spend.js';
import { mlflowTrace } from '../../../../data/read/formats/traces/mlflow-trace.js';
import { weave } from '../../../../data/read/formats/traces/weave.js';
import { formatOf, partsOf, recordOf } from './parts-of.js';

const completion = {
  id: 'chatcmpl-1',
  model: 'gpt-4o-2024-11-20',
  choices: [{ index: 0, message: { role: 'assistant', content: 'Canberra' }, finish_reason: 'stop' }],
};
const request = { model: 'gpt-4o', messages: [{ role: 'user', content: 'Capital of Australia?' }], temperature: 0 };

describe('MLflow traces', () => {
  const span = (type: string, inputs: unknown, outputs: unknown, more = {}) => ({
    span_id: 's1',
    parent_span_id: null,
    name: 'x',
    start_time_unix_nano: 1767607200000000000,
    attributes: {
      'mlflow.spanType': JSON.stringify(type),
      'mlflow.spanInputs': JSON.stringify(inputs),
      'mlflow.spanOutputs': JSON.stringify(outputs),
    },
    ...more,
  });
  const info = {
    trace_id: 'tr-1',
    trace_metadata: { 'mlflow.trace.session': 'c1' },
    assessments: [
      { assessment_name: 'correct', source: { source_type: 'HUMAN', source_id: 'u' }, feedback: { value: true } },
      { assessment_name: 'verdict', source: { source_type: 'LLM_JUDGE' }, feedback: { value: 'no' } },
      { assessment_name: 'expected', source: { source_type: 'HUMAN' }, expectation: { value: 'Canberra' } },
    ],
  };

  it('reads the span of the chat model, with assessments as labels, and passes the rest', () => {
    const row = {
      info,
      data: {
        spans: [
          span('CHAIN', 'q', 'Canberra'),
          span('CHAT_MODEL', request, completion, { span_id: 's2', parent_span_id: 's1' }),
        ],
      },
    };
    expect(formatOf(row)).toBe('mlflow-trace');
    expect(partsOf(mlflowTrace, row)).toEqual([
      'passed: a span of type CHAIN, not a model call',
      {
        id: 's2',
        conversation: 'tr-1',
        session: 'c1',
        model: 'gpt-4o-2024-11-20',
        time: '2026-01-05T10:00:00.000Z',
        decoding: { temperature: 0 },
        messages: request.messages,
        answer: 'Canberra',
        finish: 'stop',
        labels: [
          { name: 'correct', value: 1, source: 'HUMAN', raw: true },
          { name: 'verdict', value: 0, source: 'LLM_JUDGE', raw: 'no' },
        ],
      },
    ]);
  });

  it('reads the root where no span is a model, and gives no label of a trace to several answers', () => {
    expect(
      recordOf(mlflowTrace, { info, data: { spans: [span('UNKNOWN', { question: 'Capital?' }, 'Canberra')] } }),
    ).toMatchObject({
      prompt: 'Capital?',
      answer: 'Canberra',
      labels: [{ name: 'correct' }, { name: 'verdict' }],
    });
    const two = [span('LLM', 'a', 'A'), span('LLM', 'b', 'B', { span_id: 's2' })];
    const records = partsOf(mlflowTrace, { info, data: { spans: two } });
    expect(records).toMatchObject([{ answer: 'A' }, { answer: 'B' }]);
    expect(records.every((record) => !('labels' in (record as object)))).toBe(true);
  });
});

describe('Weave calls', () => {
  const call = (more: object) => ({
    id: 'c1',
    project_id: 'team/p',
    op_name: 'weave:///team/p/op/openai.chat.completions.create:abc',
    trace_id: 't1',
    parent_id: null,
    started_at: '2026-01-05T10:00:00Z',
    inputs: { self: 'weave:///x', ...request },
    output: completion,
    ...more,
  });

  it('reads calls of providers’ libraries and passes a program’s own', () => {
    expect(formatOf(call({}))).toBe('weave');
    expect(recordOf(weave, call({}))).toEqual({
      id: 'c1',
      conversation: 't1',
      model: 'gpt-4o-2024-11-20',
      time: '2026-01-05T10:00:00Z',
      decoding: { temperature: 0 },
      messages: request.messages,
      answer: 'Canberra',
      finish: 'stop',
    });
    expect(partsOf(weave, call({ op_name: 'weave:///team/p/op/ask:1' }))).toEqual([
      'passed: a call of ask, not a model call',
    ]);
    expect(partsOf(weave, call({ op_name: 'weave:///team/p/op/openai.embeddings.create:1' }))[0]).toContain('passed');
    expect(partsOf(weave, call({ exception: 'RateLimitError\nat', output: null }))).toEqual([
      'failed: field "exception": the request failed: RateLimitError. [VOUCH_BAD_RECORD]',
    ]);
  });
});

describe('LiteLLM spend logs', () => {
  const row = (more: object) => ({
    request_id: 'chatcmpl-1',
    call_type: 'acompletion',
    api_key: 'h',
    spend: 0.1,
    startTime: '2026-01-05T10:00:00.000Z',
    endTime: '2026-01-05T10:00:01.000Z',
    model: 'gpt-4o',
    session_id: 's1',
    status: 'success',
    messages: {},
    metadata: {},
    proxy_server_request: request,
    response: completion,
    ...more,
  });

  it('reads the request as the proxy got it, and the response', () => {
    expect(formatOf(row({}))).toBe('litellm-spend');
    const expected = {
      id: 'chatcmpl-1',
      session: 's1',
      model: 'gpt-4o-2024-11-20',
      time: '2026-01-05T10:00:00.000Z',
      decoding: { temperature: 0 },
      messages: request.messages,
      answer: 'Canberra',
      finish: 'stop',
    };
    expect(recordOf(litellmSpend, row({}))).toEqual(expected);
    const texts = row({
      messages: JSON.stringify(request.messages),
      response: JSON.stringify(completion),
      proxy_server_request: '{}',
    });
    expect(recordOf(litellmSpend, texts)).toMatchObject({ messages: request.messages, answer: 'Canberra' });
  });

  it('says how bodies get stored, fails failures, passes embeddings', () => {
    expect(partsOf(litellmSpend, row({ response: {} }))[0]).toContain('store_prompts_in_spend_logs: true');
    const metadata = { error_information: { error_message: 'Rate limit' } };
    expect(partsOf(litellmSpend, row({ status: 'failure', response: {}, metadata }))[0]).toContain(
      'the request failed: Rate limit',
    );
    expect(partsOf(litellmSpend, row({ call_type: 'aembedding' }))).toEqual([
      'passed: a call of type aembedding, not a model call',
    ]);
  });
});
