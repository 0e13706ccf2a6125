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
});
