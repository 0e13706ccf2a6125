import { describe, expect, it } from 'vitest';
import { bodyOf } from '../../../../data/read/formats/stored/body.js';

describe('a response that a tool stored', () => {
  it('of Ollama has the tokens that its log-probabilities list', () => {
    const logprobs = [
      { token: 'Can', logprob: -0.1 },
      { token: 'berra', logprob: -0.2 },
    ];
    const said = { model: 'm', created_at: '2026-01-05T10:00:00Z', done: true, done_reason: 'stop', logprobs };
    const reply = { answer: 'Canberra', finish: 'stop', reasoning: 'Hm.', tokens: logprobs };
    const body = { model: 'm', time: '2026-01-05T10:00:00Z', replies: [reply] };
    expect(bodyOf({ ...said, message: { role: 'assistant', content: 'Canberra', thinking: 'Hm.' } })).toEqual(body);
    expect(bodyOf({ ...said, response: 'Canberra', thinking: 'Hm.' })).toEqual(body);
    const call = { role: 'assistant', content: '', tool_calls: [{ function: { name: 'f' } }] };
    expect(bodyOf({ ...said, message: call })?.replies).toEqual([{ answer: null, finish: 'tool_calls' }]);
    expect(bodyOf({ model: 'm', done: true })).toBe(null);
  });

  it('of the Responses API is read as a log of that API is', () => {
    const says = (text: string, more = {}) => ({
      type: 'message',
      role: 'assistant',
      content: [{ type: 'output_text', text }],
      ...more,
    });
    const call = { type: 'function_call', call_id: 'c', name: 'f', arguments: '{}' };
    const result = { type: 'function_call_output', call_id: 'c', output: 'rain' };
    const replies = (output: unknown[], more = {}) =>
      bodyOf({ object: 'response', status: 'completed', output, ...more })?.replies;
    expect(replies([says('Let me see.'), call, result, says('Rain')])).toEqual([{ answer: 'Rain', finish: 'stop' }]);
    expect(replies([says('Let me see.'), call])).toEqual([{ answer: null, finish: 'tool_calls' }]);
    expect(replies([says('First', { phase: 'commentary' }), says('Rain')])).toEqual([
      { answer: 'Rain', finish: 'stop' },
    ]);
    const incomplete = { incomplete_details: { reason: 'max_output_tokens' } };
    expect(replies([says('Ra')], { status: 'incomplete', ...incomplete })).toEqual([
      { answer: 'Ra', finish: 'length' },
    ]);
    expect(replies([says('Ra')], { status: null, ...incomplete })).toEqual([{ answer: 'Ra', finish: 'length' }]);
    expect(bodyOf([says('Rain')])?.replies).toEqual([{ answer: 'Rain' }]);
    expect(() => replies([says('Ra')], { status: 'in_progress' })).toThrow('has no answer');
  });
});
