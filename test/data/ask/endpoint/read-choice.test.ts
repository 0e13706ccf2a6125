import { describe, expect, it } from 'vitest';
import { chatReplySchema } from '../../../../data/ask/endpoint/chat.js';
import { readChoice } from '../../../../data/ask/endpoint/read-choice.js';
import { recorded } from '../fake-endpoint.js';

const choiceOf = (reply: unknown) => chatReplySchema.parse(reply).choices[0];
const read = (choice: unknown) => readChoice(choiceOf({ choices: [choice] }));
const list = (...tokens: string[]) => tokens.map((token, i) => ({ token, logprob: -(i + 1) / 8 }));

describe('readChoice', () => {
  it('reads a recorded reply, without the end token, with six digits', () => {
    const answered = readChoice(choiceOf(recorded.answer.reply));
    expect(answered.answer).toBe('Paris');
    expect(answered.finish).toBe('stop');
    expect(answered.tokens?.map(({ token, logprob, top }) => [token, logprob, top?.length])).toEqual([
      ['Paris', -0.111447, 5],
    ]);
  });

  it('reads a truncated reply whole', () => {
    const answered = readChoice(choiceOf(recorded.truncated.reply));
    expect(answered.answer).toBe('Rivers are indeed');
    expect(answered.finish).toBe('length');
    expect(answered.tokens?.map(({ token }) => token)).toEqual(['R', 'ivers', ' are', ' indeed']);
  });

  it('keeps the tokens there are when the list ends before the text', () => {
    const answered = readChoice(choiceOf(recorded.stopped.reply));
    expect(answered.answer).toBe("I'm here t");
    expect(answered.tokens?.map(({ logprob }) => logprob)).toEqual([-2.46359, -0.632875, -1.47754]);
  });

  it('has no tokens without log-probabilities', () => {
    expect(readChoice(choiceOf(recorded.plain.reply))).toEqual({ answer: 'Rome', finish: 'stop' });
  });

  it('takes content null as an empty answer and a refusal as the answer', () => {
    expect(read({ message: { content: null }, finish_reason: 'stop' })).toEqual({ answer: '', finish: 'stop' });
    const refused = read({
      message: { content: null, refusal: 'I cannot help.' },
      finish_reason: 'stop',
      logprobs: { content: null, refusal: list('I', ' cannot', ' help', '.') },
    });
    expect(refused).toMatchObject({ answer: 'I cannot help.', finish: 'refusal' });
    expect(refused.tokens).toHaveLength(4);
  });

  it.each([
    [{ message: { content: null }, finish_reason: 'content_filter' }, 'content_filter'],
    [{ message: { content: 'The bom' }, finish_reason: 'content_filter' }, 'content_filter'],
    [{ message: { content: null, tool_calls: [{ id: 't' }] }, finish_reason: 'tool_calls' }, 'tool_calls'],
    [{ message: { content: 'Let me look.', tool_calls: [{ id: 't' }] }, finish_reason: 'stop' }, 'tool_calls'],
    [{ message: { content: null, function_call: { name: 'f' } }, finish_reason: 'function_call' }, 'function_call'],
    [{ message: { content: 'Pa' }, finish_reason: 'error' }, 'error'],
    [{ message: { content: 'Pa' }, finish_reason: 'stop', error: { code: 502 } }, 'error'],
  ])('%j is no answer: %s', (choice, finish) => {
    const logprobs = { content: list('Pa') };
    expect(read({ ...choice, logprobs })).toEqual({ answer: null, finish });
  });

  it('parts reasoning from the answer, in its text and in its tokens', () => {
    const content = list('<think>', 'Paris', '?', '</think>', '\n\n', 'Paris', '.', '<|im_end|>');
    const thought = read({ message: { content: '<think>Paris?</think>\n\nParis.' }, logprobs: { content } });
    expect(thought).toMatchObject({ answer: 'Paris.', reasoning: 'Paris?' });
    expect(thought.tokens).toEqual([
      { token: 'Paris', logprob: -0.75 },
      { token: '.', logprob: -0.875 },
    ]);
    const apart = read({
      message: { content: 'Rome', reasoning_content: ' Hm. ' },
      logprobs: { content: list('Hm', '.') },
    });
    expect(apart).toEqual({ answer: 'Rome', reasoning: 'Hm.' });
  });

  it('joins split characters by their bytes and drops stop tokens and white space around', () => {
    const bytes = [...Buffer.from('é')];
    const content = [
      { token: '\n', logprob: -1, bytes: [10] },
      { token: '\\xc3', logprob: -2, bytes: [bytes[0]] },
      { token: '\\xa9', logprob: -3, bytes: [bytes[1]] },
      { token: '\n', logprob: -4, bytes: [10] },
    ];
    const answered = read({ message: { content: '\né\n' }, logprobs: { content } });
    expect(answered.answer).toBe('é');
    expect(answered.tokens?.map(({ logprob }) => logprob)).toEqual([-2, -3]);
  });

  it('reads the older parallel arrays', () => {
    const logprobs = {
      tokens: ['Yes', '</s>'],
      token_logprobs: [-0.25, -1],
      top_logprobs: [{ Yes: -0.25, No: -1.5 }, null],
    };
    expect(read({ message: { content: 'Yes' }, logprobs }).tokens).toEqual([
      {
        token: 'Yes',
        logprob: -0.25,
        top: [
          { token: 'Yes', logprob: -0.25 },
          { token: 'No', logprob: -1.5 },
        ],
      },
    ]);
  });

  it('holds "none" as −9999, rounding above 0 as 0, and passes over log-probabilities of an unknown shape', () => {
    const content = [{ token: 'A', logprob: -0.5, top_logprobs: [{ token: 'B', logprob: Number.NEGATIVE_INFINITY }] }];
    const top = readChoice({ message: { content: 'A' }, logprobs: { content } }).tokens?.[0].top;
    expect(top).toEqual([{ token: 'B', logprob: -9999 }]);
    const above = [
      {
        token: 'A',
        logprob: 4e-7,
        top_logprobs: [
          { token: 'B', logprob: 0.5 },
          { token: 'C', logprob: -9999 },
        ],
      },
    ];
    expect(read({ message: { content: 'A' }, logprobs: { content: above } }).tokens).toEqual([
      { token: 'A', logprob: 0, top: [{ token: 'B' }, { token: 'C', logprob: -9999 }] },
    ]);
    expect(read({ message: { content: 'A' }, logprobs: [1, 2] })).toEqual({ answer: 'A' });
  });

  it('reads content in parts', () => {
    expect(
      read({
        message: {
          content: [
            { type: 'text', text: 'Ri' },
            { type: 'text', text: 'ga' },
          ],
        },
      }).answer,
    ).toBe('Riga');
  });
});
