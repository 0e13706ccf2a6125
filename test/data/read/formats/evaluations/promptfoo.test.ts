import { describe, expect, it } from 'vitest';
import { promptfoo } from '../../../../../data/read/formats/evaluations/promptfoo.js';
import { failureOf, partsOf, recordOf, recordsOf } from '../reading-as.js';

const components = [{ pass: true, score: 1, reason: '', assertion: { type: 'icontains', value: 'Canberra' } }];
const result = {
  id: 'r1',
  promptIdx: 0,
  testIdx: 3,
  promptId: 'p',
  provider: { id: 'openai:gpt-4o-mini', label: '' },
  prompt: { raw: 'Capital of Australia?', label: '{{question}}' },
  vars: { question: 'Capital of Australia?' },
  response: { output: 'Canberra', finishReason: 'stop', tokenUsage: {}, cached: false, logProbs: [-0.1, -0.2] },
  success: true,
  score: 1,
  failureReason: 0,
  latencyMs: 4,
  namedScores: {},
  gradingResult: { pass: true, score: 1, reason: 'All assertions passed', componentResults: components },
  testCase: {
    vars: {},
    assert: [
      { type: 'icontains', value: 'Canberra' },
      { type: 'equals', value: '{{answer}}' },
    ],
  },
  metadata: {},
};

describe('promptfoo', () => {
  it('reads a result on a line of its own', () => {
    expect(recordOf(promptfoo, result)).toEqual({
      id: 'r1',
      group: expect.stringMatching(/^vars:[0-9a-f]{32}$/),
      model: 'openai:gpt-4o-mini',
      prompt: 'Capital of Australia?',
      answer: 'Canberra',
      finish: 'stop',
      reference: ['Canberra'],
      labels: [{ value: 1, source: 'promptfoo', name: 'pass' }],
      score: 1,
      logProbs: [-0.1, -0.2],
    });
  });

  it('reads the output file of versions 2 and 3 and the summary by itself', () => {
    const { id: _, ...unnamed } = result;
    const results = [result, unnamed];
    for (const summary of [
      { version: 3, timestamp: '2026-11-20T10:00:00.000Z', prompts: [], results, stats: {} },
      { version: 2, timestamp: '2026-11-20T10:00:00.000Z', table: { head: {}, body: [] }, results, stats: {} },
    ]) {
      const records = recordsOf(promptfoo, { evalId: 'e1', results: summary, config: {} });
      expect(records.map(({ id, time }) => [id, time])).toEqual([
        ['r1', '2026-11-20T10:00:00.000Z'],
        ['e1/3/0', '2026-11-20T10:00:00.000Z'],
      ]);
      expect(recordsOf(promptfoo, summary).map(({ id }) => id)).toEqual(['r1', undefined]);
    }
    expect(partsOf(promptfoo, { evalId: 'e', results: { version: 3, results: [], stats: {} } })).toEqual([]);
    expect(promptfoo.detect({ results: { results: [{ a: 1 }] } })).toBeNull();
  });

  it('groups by the variables, whatever their order, the provider and the prompt', () => {
    const one = recordOf(promptfoo, { ...result, vars: { a: 1, b: 2 } }).group;
    const other = {
      ...result,
      vars: { b: 2, a: 1, _conversation: [1], sessionId: 's' },
      provider: { id: 'x' },
      prompt: { raw: 'other' },
    };
    expect(recordOf(promptfoo, other).group).toBe(one);
    expect(recordOf(promptfoo, { ...result, vars: { a: 1, b: 3 } }).group).not.toBe(one);
    expect(recordOf(promptfoo, { ...result, vars: {} })).not.toHaveProperty('group');
    expect(recordOf(promptfoo, { ...result, testCase: { metadata: { conversationId: 'c7' } } }).conversation).toBe(
      'c7',
    );
  });

  it('takes pass for the label, keeps the score beside it, and knows ratings by hand', () => {
    const partly = {
      ...result,
      success: false,
      score: 0.6,
      error: 'Expected …',
      failureReason: 1,
      gradingResult: { ...result.gradingResult, pass: false, score: 0.6 },
      namedScores: { Tone: 0.5, Length: 12 },
    };
    expect(recordOf(promptfoo, partly)).toMatchObject({
      score: 0.6,
      labels: [
        { value: 0, source: 'promptfoo', name: 'pass' },
        { value: 0.5, source: 'promptfoo', name: 'Tone' },
        { value: 12, source: 'promptfoo', name: 'Length', maybe: true },
      ],
      scores: { Length: 12 },
    });
    const rated = {
      ...result.gradingResult,
      pass: false,
      componentResults: [...components, { pass: false, score: 0, assertion: { type: 'human' } }],
    };
    expect(recordOf(promptfoo, { ...result, gradingResult: rated }).labels).toEqual([
      { value: 0, source: 'human', name: 'pass' },
    ]);
    const older = {
      pass: false,
      score: 0,
      reason: 'Manual result (overrides all other grading results)',
      assertion: null,
    };
    expect(recordOf(promptfoo, { ...result, gradingResult: older, testCase: {} }).labels).toEqual([
      { value: 0, source: 'human', name: 'pass' },
    ]);
  });

  it('gives no label where nothing was asserted, though promptfoo counts it as passed', () => {
    for (const gradingResult of [null, { pass: true, score: 1, reason: 'No assertions', assertion: null }]) {
      expect(recordOf(promptfoo, { ...result, gradingResult, testCase: { vars: {} } })).not.toHaveProperty('labels');
    }
    expect(recordOf(promptfoo, { ...result, gradingResult: null }).labels).toEqual([
      { value: 1, source: 'promptfoo', name: 'pass' },
    ]);
  });

  it('tells a failed request from a failed assertion', () => {
    const wrong = {
      ...result,
      success: false,
      error: 'Expected output to contain "Canberra"',
      failureReason: undefined,
      gradingResult: { pass: false, score: 0, componentResults: components },
    };
    expect(recordOf(promptfoo, wrong).labels).toEqual([{ value: 0, source: 'promptfoo', name: 'pass' }]);
    expect(failureOf(promptfoo, { ...result, failureReason: 2, error: 'API error: 429.' })).toBe(
      'field "error": the request failed: API error: 429. [VOUCH_BAD_RECORD]',
    );
    expect(failureOf(promptfoo, { ...result, response: { error: 'timeout' } })).toContain(
      'the request failed: timeout',
    );
    expect(failureOf(promptfoo, { ...result, response: undefined })).toContain('has no answer');
  });

  it('takes chats as messages, objects as JSON, calls and filtered outputs for no answer', () => {
    const chat = [
      { role: 'system', content: 's' },
      { role: 'user', content: 'u' },
    ];
    expect(recordOf(promptfoo, { ...result, prompt: { raw: JSON.stringify(chat, null, 2) } })).toMatchObject({
      messages: chat,
    });
    expect(recordOf(promptfoo, { ...result, prompt: { raw: '[1] Say so' } })).toMatchObject({ prompt: '[1] Say so' });
    const answers = (response: object): unknown[] => {
      const { answer, finish } = recordOf(promptfoo, { ...result, response });
      return [answer, finish];
    };
    expect(answers({ output: { city: 'Canberra', name: 'x' } })).toEqual(['{"city":"Canberra","name":"x"}', undefined]);
    expect(answers({ output: '', finishReason: 'length' })).toEqual(['', 'length']);
    const call = { id: 'c', type: 'function', function: { name: 'f', arguments: '{}' } };
    expect(answers({ output: [call] })).toEqual([null, 'tool_calls']);
    expect(answers({ output: { role: 'assistant', content: 'let me', tool_calls: [call] } })).toEqual([
      null,
      'tool_calls',
    ]);
    expect(answers({ output: { name: 'f', arguments: '{}' } })).toEqual([null, 'function_call']);
    expect(answers({ output: 'filtered', finishReason: 'content_filter' })).toEqual([null, 'content_filter']);
    const azure =
      "The generated content was filtered due to triggering Azure OpenAI Service's content filtering system.";
    expect(answers({ output: azure, guardrails: { flagged: true } })).toEqual([null, 'content_filter']);
  });

  it('takes tokens from the raw response where it was kept', () => {
    const raw = {
      choices: [
        {
          message: { content: 'Canberra' },
          finish_reason: 'stop',
          logprobs: { content: [{ token: 'Canberra', logprob: -0.1, top_logprobs: [] }] },
        },
      ],
    };
    expect(recordOf(promptfoo, { ...result, response: { output: 'Canberra', raw } })).toMatchObject({
      finish: 'stop',
      tokens: [{ token: 'Canberra', logprob: -0.1 }],
    });
    expect(
      recordOf(promptfoo, { ...result, response: { output: 'canberra', raw: JSON.stringify(raw) } }),
    ).not.toHaveProperty('tokens');
  });
});
