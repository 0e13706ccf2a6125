import { describe, expect, it } from 'vitest';
import { openInference } from '../../../../../data/read/formats/traces/openinference.js';
import { captured, formatOf, partsOf, recordOf } from '../parts-of.js';

const turns = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Capital of Australia?' },
];
const flat = {
  'openinference.span.kind': 'LLM',
  'llm.model_name': 'gpt-4o',
  'llm.invocation_parameters': '{"temperature": 0.2, "model": "gpt-4o"}',
  'llm.input_messages.0.message.role': 'system',
  'llm.input_messages.0.message.content': 'Be brief.',
  'llm.input_messages.1.message.role': 'user',
  'llm.input_messages.1.message.content': 'Capital of Australia?',
  'llm.output_messages.0.message.role': 'assistant',
  'llm.output_messages.0.message.content': 'Canberra',
  'llm.finish_reason': 'stop',
  'session.id': 's1',
};
const phoenix = (attributes: object, more = {}) => ({
  name: 'ChatCompletion',
  context: { trace_id: 'a1', span_id: 'b1' },
  span_kind: 'LLM',
  start_time: '2026-01-05T10:00:00+00:00',
  status_code: 'OK',
  attributes,
  ...more,
});
const expected = {
  id: 'b1',
  conversation: 'a1',
  session: 's1',
  model: 'gpt-4o',
  time: '2026-01-05T10:00:00+00:00',
  decoding: { temperature: 0.2 },
  messages: turns,
  answer: 'Canberra',
  finish: 'stop',
};

describe('OpenInference', () => {
  it('reads attributes with dots, nested, and as columns of a table', () => {
    expect(formatOf(phoenix(flat))).toBe('openinference');
    expect(recordOf(openInference, phoenix(flat))).toEqual(expected);
    const llm = {
      model_name: 'gpt-4o',
      invocation_parameters: flat['llm.invocation_parameters'],
      input_messages: turns.map((message) => ({ message })),
      output_messages: [{ message: { role: 'assistant', content: 'Canberra' } }],
      finish_reason: 'stop',
    };
    expect(recordOf(openInference, phoenix({ llm, session: { id: 's1' } }))).toEqual(expected);
    const table = {
      'context.trace_id': 'a1',
      'context.span_id': 'b1',
      span_kind: 'LLM',
      start_time: '2026-01-05T10:00:00+00:00',
      'attributes.llm.model_name': 'gpt-4o',
      'attributes.llm.invocation_parameters': flat['llm.invocation_parameters'],
      'attributes.llm.input_messages': JSON.stringify(
        turns.map(({ role, content }) => ({ 'message.role': role, 'message.content': content })),
      ),
      'attributes.llm.output_messages': [{ 'message.role': 'assistant', 'message.content': 'Canberra' }],
      'attributes.llm.finish_reason': 'stop',
      'attributes.session.id': 's1',
    };
    expect(formatOf(table)).toBe('openinference');
    expect(recordOf(openInference, table)).toEqual(expected);
  });

  it('reads spans as the instrumentation writes them: tokens of the whole response, calls, media', () => {
    const records = captured('openinference-console.jsonl').map((row) => recordOf(openInference, row));
    expect(records.map(({ answer, finish }) => [answer, finish])).toEqual([
      ['Canberra', 'stop'],
      ['Canberra', 'stop'],
      ['Canberra', 'stop'],
      [null, 'tool_calls'],
      ['Canberra', 'stop'],
    ]);
    expect(records[0].messages).toEqual(turns);
    expect(records[1].samples).toEqual([{ answer: 'Sydney', temperature: 0.8 }]);
    expect(records[2].tokens).toEqual([
      { token: 'Can', logprob: -0.1, top: [{ token: 'Can', logprob: -0.1 }] },
      { token: 'berra', logprob: -0.02 },
    ]);
    expect(records[4].messages).toEqual([{ role: 'user', content: 'What is this?', media: ['https://x.test/a.png'] }]);
  });

  it('falls back to input and output values, and to the texts of completions', () => {
    expect(recordOf(openInference, phoenix({ 'input.value': 'Capital?', 'output.value': 'Canberra' }))).toMatchObject({
      prompt: 'Capital?',
      answer: 'Canberra',
    });
    const completion = {
      'llm.prompts.0.prompt.text': 'The capital is',
      'llm.choices.0.completion.text': ' Canberra',
      'llm.choices.1.completion.text': ' Sydney',
    };
    expect(recordOf(openInference, phoenix(completion))).toMatchObject({
      prompt: 'The capital is',
      answer: ' Canberra',
      samples: [{ answer: ' Sydney' }],
    });
  });

  it('takes no answer from calls, passes other kinds, and fails hidden outputs', () => {
    const call = {
      'llm.output_messages.0.message.role': 'assistant',
      'llm.output_messages.0.message.content': 'Let me see',
      'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'f',
    };
    expect(recordOf(openInference, phoenix(call))).toMatchObject({ answer: null, finish: 'tool_calls' });
    expect(partsOf(openInference, phoenix(flat, { span_kind: 'CHAIN', attributes: { 'output.value': 'x' } }))).toEqual([
      'passed: a span of kind CHAIN, not a model call',
    ]);
    expect(partsOf(openInference, phoenix({ 'llm.model_name': 'm' }))[0]).toContain('OPENINFERENCE_HIDE_OUTPUTS');
    expect(partsOf(openInference, phoenix({}, { status_code: 'ERROR', status_message: 'Timeout' }))).toEqual([
      'failed: field "status_code": the request failed: Timeout. [VOUCH_BAD_RECORD]',
    ]);
  });

  it('takes the text of a span that failed for no answer', () => {
    expect(recordOf(openInference, phoenix(flat)).answer).not.toBeNull();
    const failed = recordOf(
      openInference,
      phoenix({ 'llm.model_name': 'm', 'output.value': 'Can' }, { status_code: 'ERROR' }),
    );
    expect(failed).toMatchObject({ answer: null, finish: 'error' });
  });

  it('takes annotations of Phoenix and evaluations of Arize as labels', () => {
    const annotations = [
      { name: 'correct', annotator_kind: 'HUMAN', result: { label: 'correct', score: 1 } },
      { name: 'hallucination', annotator_kind: 'LLM', result: { label: 'factual' } },
    ];
    expect(recordOf(openInference, phoenix(flat, { annotations })).labels).toEqual([
      { name: 'correct', value: 1, source: 'HUMAN' },
      { name: 'hallucination', value: 'factual', source: 'LLM', maybe: true },
    ]);
    const arize = {
      ...phoenix(flat),
      'eval.Correctness.label': 'incorrect',
      'eval.Correctness.explanation': 'x',
      'annotation.thumb.score': 1,
    };
    expect(recordOf(openInference, arize).labels).toEqual([
      { name: 'Correctness', value: 0, raw: 'incorrect' },
      { name: 'thumb', value: 1, source: 'annotation' },
    ]);
  });
});
