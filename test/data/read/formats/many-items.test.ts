import { expect, it } from 'vitest';
import { responsesReply } from '../../../../data/read/formats/openai/responses-reply.js';

const call = (i: number) => ({ type: 'function_call', call_id: `c${i}`, id: `f${i}` });
const output = (i: number) => ({ type: 'function_call_output', call_id: `c${i}`, output: 'x' });
const message = (text: string) => ({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] });

it('100,000 calls and messages of a response are read at a cost in line with their number', { timeout: 30_000 }, () => {
  const pairs = Array.from({ length: 50_000 }, (_, i) => [call(i), message('before'), output(i)]).flat();
  expect(responsesReply({ output: [...pairs, message('Lima')] })).toMatchObject({ answer: 'Lima' });
  expect(responsesReply({ output: [...pairs, call(-1), message('Lima')] })).toEqual({
    answer: null,
    finish: 'tool_calls',
  });
});

it('a call without any id, and a result without one, do not belong together', () => {
  const items = [{ type: 'function_call' }, { type: 'function_call_output' }, message('Lima')];
  expect(responsesReply({ output: items })).toEqual({ answer: null, finish: 'tool_calls' });
});
