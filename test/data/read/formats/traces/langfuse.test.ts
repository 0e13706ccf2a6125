import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { langfuse } from '../../../../../data/read/formats/traces/langfuse.js';
import { formatOf, partsOf, recordOf } from '../parts-of.js';

const messages = [
  { role: 'system', content: 'Be brief.' },
  { role: 'user', content: 'Capital of Australia?' },
];
const observation = (more: object) => ({
  id: 'o1',
  traceId: 't1',
  type: 'GENERATION',
  startTime: '2026-01-05T10:00:00.000Z',
  model: 'gpt-4o',
  input: messages,
  ...more,
});
const answerOf = (output: unknown, more = {}) => {
  const { answer, finish } = recordOf(langfuse, observation({ output, ...more }));
  return [answer, finish];
};

describe('Langfuse observations', () => {
  it('reads the shared case', () => {
    const lines = readFileSync(new URL('../../../../cases/25-langfuse/obs.jsonl', import.meta.url), 'utf8')
      .trim()
      .split('\n');
    expect(lines.map((line) => recordOf(langfuse, JSON.parse(line)))).toEqual([
      {
        id: 'obs1',
        conversation: 't1',
        time: '2025-05-01T10:00:00.000Z',
        model: 'gpt-x',
        messages,
        answer: 'Canberra',
      },
      {
        id: 'obs2',
        conversation: 't2',
        time: '2025-05-01T10:00:01.000Z',
        model: 'gpt-x',
        messages: [{ role: 'user', content: 'Capital of Peru?' }],
        answer: 'Lima',
      },
    ]);
  });

  it('reads a row of the blob storage export: JSON in texts, names in snake_case', () => {
    const row = {
      id: 'o1',
      trace_id: 't1',
      project_id: 'p1',
      environment: 'production',
      type: 'GENERATION',
      parent_observation_id: '',
      start_time: '2026-01-05 10:00:00.123000',
      end_time: '2026-01-05 10:00:01.000000',
      name: 'faq-answer',
      metadata: { feature: 'faq' },
      level: 'DEFAULT',
      status_message: '',
      input: JSON.stringify({ messages, temperature: 0.3 }),
      output: JSON.stringify({ role: 'assistant', content: 'Canberra' }),
      provided_model_name: 'gpt-4o',
      model_parameters: '{"temperature":"0.7"}',
      usage_details: { input: 3 },
      tool_calls: [],
      session_id: 's1',
      user_id: 'u1',
      tags: [],
    };
    expect(formatOf(row)).toBe('langfuse');
    expect(recordOf(langfuse, row)).toEqual({
      id: 'o1',
      conversation: 't1',
      session: 's1',
      name: 'faq-answer',
      metadata: { feature: 'faq' },
      user_id: 'u1',
      model: 'gpt-4o',
      time: '2026-01-05T10:00:00.123000Z',
      decoding: { temperature: 0.7 },
      messages,
      answer: 'Canberra',
    });
  });

  it('reads outputs in all the shapes in which SDKs store them', () => {
    const message = { role: 'assistant', content: 'Canberra' };
    const choice = { index: 0, message, finish_reason: 'stop' };
    expect(answerOf('Canberra')).toEqual(['Canberra', undefined]);
    expect(answerOf(JSON.stringify(message))).toEqual(['Canberra', undefined]);
    expect(answerOf([message])).toEqual(['Canberra', undefined]);
    expect(answerOf([...messages, message])).toEqual(['Canberra', undefined]);
    expect(answerOf({ messages: [...messages, message] })).toEqual(['Canberra', undefined]);
    expect(answerOf({ role: 'assistant', content: [{ type: 'text', text: 'Canberra' }] })).toEqual([
      'Canberra',
      undefined,
    ]);
    expect(answerOf({ choices: [choice], model: 'gpt-4o' })).toEqual(['Canberra', 'stop']);
    expect(answerOf(JSON.stringify({ choices: [choice] }))).toEqual(['Canberra', 'stop']);
    expect(answerOf({ output: 'Canberra' })).toEqual(['Canberra', undefined]);
    expect(answerOf({ type: 'ai', content: 'Canberra', response_metadata: { finish_reason: 'length' } })).toEqual([
      'Canberra',
      'length',
    ]);
    const item = {
      type: 'message',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'Canberra' }],
    };
    expect(answerOf(item)).toEqual(['Canberra', 'stop']);
    expect(answerOf([{ type: 'reasoning', summary: [] }, item])).toEqual(['Canberra', undefined]);
    const anthropic = {
      type: 'message',
      role: 'assistant',
      content: [{ type: 'text', text: 'Canberra' }],
      stop_reason: 'end_turn',
    };
    expect(answerOf(anthropic)).toEqual(['Canberra', 'stop']);
    expect(answerOf({ candidates: [{ content: { parts: [{ text: 'Canberra' }] }, finishReason: 'STOP' }] })).toEqual([
      'Canberra',
      'stop',
    ]);
  });

  it('keeps log-probabilities of a whole completion', () => {
    const logprobs = { content: [{ token: 'Canberra', logprob: -0.01, bytes: [67], top_logprobs: [] }] };
    const output = {
      choices: [{ message: { role: 'assistant', content: 'Canberra' }, logprobs, finish_reason: 'stop' }],
    };
    expect(recordOf(langfuse, observation({ output })).tokens).toEqual([{ token: 'Canberra', logprob: -0.01 }]);
  });

  it('takes an answer in JSON as the text that it is', () => {
    expect(answerOf('{"answer": "Canberra", "sure": true}')).toEqual([
      '{"answer": "Canberra", "sure": true}',
      undefined,
    ]);
  });

  it('takes no answer from calls of tools', () => {
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
    expect(answerOf({ role: 'assistant', content: null, tool_calls: [call] })).toEqual([null, 'tool_calls']);
    expect(answerOf({ tool_calls: [call] })).toEqual([null, 'tool_calls']);
    expect(answerOf([call])).toEqual([null, 'tool_calls']);
    expect(answerOf({ role: 'assistant', content: 'Let me see', function_call: { name: 'f' } })).toEqual([
      null,
      'function_call',
    ]);
    expect(answerOf('', { tool_calls: ['{"name":"f"}'] })).toEqual([null, 'tool_calls']);
  });

  it('takes choices as samples where n says so, and refuses several answers where nothing does', () => {
    const output = ['Canberra', 'Sydney'].map((content) => ({ role: 'assistant', content }));
    expect(recordOf(langfuse, observation({ output, modelParameters: { n: 2, temperature: 1 } }))).toMatchObject({
      answer: 'Canberra',
      samples: [{ answer: 'Sydney', temperature: 1 }],
    });
    expect(partsOf(langfuse, observation({ output }))[0]).toContain('nothing says which one counts');
  });

  it('passes what is no generation, and fails what has no answer', () => {
    expect(partsOf(langfuse, observation({ type: 'SPAN', output: 'x' }))).toEqual([
      'passed: an observation of type SPAN, not a generation',
    ]);
    expect(partsOf(langfuse, observation({ output: null }))[0]).toContain('field "output": has no answer');
    expect(partsOf(langfuse, observation({ output: null, level: 'ERROR', statusMessage: 'Timeout' }))).toEqual([
      'failed: field "level": the request failed: Timeout. [VOUCH_BAD_RECORD]',
    ]);
    expect(partsOf(langfuse, observation({ output: { a: 1, b: 'x' } }))[0]).toBe(
      'failed: field "output": the output has no form that vouch knows (expected a text, a message, a list ' +
        'of messages, or the response of a known API, got ["a","b"]). Give the path of the answer: --map ' +
        'answer=output.PATH. [VOUCH_BAD_RECORD]',
    );
    expect(partsOf(langfuse, observation({ output: { role: 'user', content: 'x' } }))[0]).toContain(
      'not a message of a model',
    );
  });
});

describe('Langfuse generations that failed', () => {
  it('are no answer where their text does not say how it ended', () => {
    const failed = (output: unknown) =>
      recordOf(langfuse, observation({ output, level: 'ERROR', statusMessage: 'boom' }));
    expect(failed('Can')).toMatchObject({ answer: null, finish: 'error' });
    const whole = { choices: [{ message: { role: 'assistant', content: 'Canberra' }, finish_reason: 'stop' }] };
    expect(failed(whole)).toMatchObject({ answer: 'Canberra', finish: 'stop' });
  });
});

describe('Langfuse scores', () => {
  it('become labels with name and source; stars and unknown words are let through', () => {
    const scores = [
      { name: 'user-feedback', value: 1, source: 'API', dataType: 'NUMERIC', timestamp: '2026-01-05T11:00:00Z' },
      {
        name: 'correct',
        value: 0,
        source: 'ANNOTATION',
        dataType: 'BOOLEAN',
        stringValue: 'False',
        authorUserId: 'u7',
      },
      { name: 'verdict', value: 2, source: 'EVAL', dataType: 'CATEGORICAL', stringValue: 'correct' },
      { name: 'tone', value: 0, source: 'EVAL', dataType: 'CATEGORICAL', stringValue: 'friendly' },
      { name: 'stars', value: 4, source: 'API', dataType: 'NUMERIC' },
      { name: 'note', value: 0, source: 'ANNOTATION', dataType: 'TEXT', stringValue: 'yes' },
    ];
    const record = recordOf(langfuse, observation({ output: 'Canberra', scores }));
    expect(record.labels).toEqual([
      { name: 'user-feedback', value: 1, source: 'API', time: '2026-01-05T11:00:00Z' },
      { name: 'correct', value: 0, source: 'ANNOTATION', rater: 'u7' },
      { name: 'verdict', value: 1, source: 'EVAL', raw: 'correct' },
      { name: 'tone', value: 'friendly', source: 'EVAL', maybe: true },
      { name: 'stars', value: 4, source: 'API', maybe: true },
    ]);
    expect((record.scores as { name: string }[]).map(({ name }) => name)).toEqual(['tone', 'stars', 'note']);
  });

  it('are read from exports of the UI, as an object and as columns of their own', () => {
    const object = recordOf(
      langfuse,
      observation({ output: 'x', scores: { 'user-feedback': [1], tone: ['friendly'] } }),
    );
    expect(object.labels).toEqual([
      { name: 'user-feedback', value: 1 },
      { name: 'tone', value: 'friendly', maybe: true },
    ]);
    expect(object.scores).toEqual({ tone: ['friendly'] });
    const columns = recordOf(
      langfuse,
      observation({ output: 'x', 'user-feedback': [0], correct: ['yes'], stars: [4], shares: [0.2, 0.8], tone: null }),
    );
    expect(columns.labels).toEqual([
      { name: 'user-feedback', value: 0 },
      { name: 'correct', value: 1, raw: 'yes' },
      { name: 'stars', value: 4, maybe: true },
    ]);
    expect(columns).toMatchObject({ stars: [4], shares: [0.2, 0.8] });
    expect(columns).not.toHaveProperty('user-feedback');
  });

  it('alone are grades, not answers', () => {
    const row = {
      id: 's',
      timestamp: '2026-01-05 10:00:00.000000',
      project_id: 'p',
      trace_id: 't1',
      observation_id: 'o1',
      name: 'user-feedback',
      value: 1,
      source: 'API',
      comment: null,
      data_type: 'NUMERIC',
      string_value: null,
    };
    expect(formatOf(row)).toBe('langfuse');
    expect(partsOf(langfuse, row)).toEqual(['passed: a score, not an answer']);
  });
});

describe('Langfuse traces', () => {
  const trace = {
    id: 't1',
    timestamp: '2026-01-05 10:00:00.000000',
    name: 'faq',
    environment: 'production',
    project_id: 'p1',
    session_id: 's1',
    release: null,
    public: false,
    bookmarked: false,
    tags: ['faq'],
    input: 'Capital of Australia?',
    output: 'Canberra',
  };

  it('are answers of their own', () => {
    expect(formatOf(trace)).toBe('langfuse');
    expect(recordOf(langfuse, trace)).toEqual({
      id: 't1',
      conversation: 't1',
      session: 's1',
      name: 'faq',
      tags: ['faq'],
      time: '2026-01-05T10:00:00.000000Z',
      prompt: 'Capital of Australia?',
      answer: 'Canberra',
    });
    const decorated = { ...trace, input: '{"args":[],"kwargs":{"question":"Capital of Peru?"}}' };
    expect(recordOf(langfuse, decorated).prompt).toBe('Capital of Peru?');
  });

  it('with their observations are read by these, with the scores of each', () => {
    const observations = [
      { id: 'o0', type: 'SPAN', startTime: '2026-01-05T10:00:00Z' },
      { id: 'o1', type: 'GENERATION', startTime: '2026-01-05T10:00:00Z', input: messages, output: 'Canberra' },
      { id: 'o2', type: 'GENERATION', startTime: '2026-01-05T10:00:01Z', input: messages, output: 'Sydney' },
    ];
    const scores = [
      { name: 'correct', value: 1, source: 'API', dataType: 'NUMERIC', observationId: 'o1' },
      { name: 'helpful', value: 1, source: 'API', dataType: 'NUMERIC', observationId: null },
    ];
    const row = {
      id: 't1',
      timestamp: '2026-01-05T10:00:00Z',
      projectId: 'p',
      sessionId: 's1',
      public: false,
      input: 'a',
      output: 'b',
      observations,
      scores,
    };
    const [span, first, second] = partsOf(langfuse, row);
    expect(span).toBe('passed: an observation of type SPAN, not a generation');
    expect(first).toMatchObject({
      id: 'o1',
      conversation: 't1',
      session: 's1',
      labels: [{ name: 'correct', value: 1 }],
    });
    expect(second).not.toHaveProperty('labels');
    const one = { ...row, observations: observations.slice(0, 2) };
    expect(partsOf(langfuse, one)[1]).toMatchObject({ labels: [{ name: 'correct' }, { name: 'helpful' }] });
  });

  it('are read from a page of the API', () => {
    const page = { data: [observation({ output: 'A' }), observation({ id: 'o2', output: 'B' })], meta: { page: 1 } };
    expect(formatOf(page)).toBe('langfuse');
    expect(partsOf(langfuse, page)).toMatchObject([{ answer: 'A' }, { answer: 'B' }]);
  });
});
