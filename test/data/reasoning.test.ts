import { describe, expect, it } from 'vitest';
import { holdsReasoning, partReasoning } from '../../data/reasoning.js';
import { rowsOf } from './read/formats/reading.js';

const parted = (answer: string, more: Record<string, unknown> = {}) => {
  const record: Record<string, unknown> = { answer, ...more };
  partReasoning(record);
  return record;
};

describe('partReasoning', () => {
  it('moves what stands in think tags out of graded answers', () => {
    const records = rowsOf('30-think-label/in.jsonl');
    records.forEach(partReasoning);
    expect(records.map(({ id, answer, reasoning }) => [id, answer, reasoning])).toEqual([
      ['think-wrong', 'Sydney', 'Candidates: Canberra and Sydney. I pick the larger one.'],
      ['think-right', 'Canberra', 'Candidates: Canberra and Sydney.'],
      ['think-mc', 'B', 'Option A: Sydney, no.'],
      ['think-num', '5', '2+2=4, the answer is 4? I could also say 5.'],
    ]);
  });

  it.each([
    ['<thinking>a</thinking>b', 'b', 'a'],
    ['  <THINK>a</THINK>\nb', 'b', 'a'],
    ['<thought>a</thought>b', 'b', 'a'],
    ['<reasoning>a</reasoning>\n<answer>\nb\n</answer>', 'b', 'a'],
    ['<think>\nr\n</think>\n<answer>\n42\n</answer>', '42', 'r'],
    ['<seed:think>a</seed:think>b', 'b', 'a'],
    ['[THINK]a[/THINK]b', 'b', 'a'],
    ['◁think▷a◁/think▷b', 'b', 'a'],
    ['<|START_THINKING|>a<|END_THINKING|><|START_RESPONSE|>b<|END_RESPONSE|>', 'b', 'a'],
    ['<|channel>thought\na<channel|>b<turn|>', 'b', 'a'],
    ['<think>a</think><think>b</think>c', 'c', 'a\n\nb'],
    ['a\n</think>\n\nb', 'b', 'a'],
    ['The larger one.</think>b', 'b', 'The larger one.'],
    ['a[/THINK]b', 'b', 'a'],
    ['<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b<|return|>', 'b', 'a'],
    ['a<|end|><|start|>assistant<|channel|>final<|message|>b', 'b', 'a'],
    ['analysisa.assistantfinalb', 'b', 'a.'],
  ])('reads %j', (text, answer, reasoning) => {
    expect(holdsReasoning(text)).toBe(true);
    expect(parted(text)).toEqual({ answer, reasoning });
  });

  it('has no reasoning where nothing was thought', () => {
    expect(parted('<think>\n\n</think>\n\nYes')).toEqual({ answer: 'Yes' });
    expect(parted('</think>\n\nYes')).toEqual({ answer: 'Yes' });
    expect(parted('assistantfinalYes')).toEqual({ answer: 'Yes' });
  });

  it('leaves an empty answer where the thinking was cut off', () => {
    expect(parted('<think>Let me', { finish: 'length' })).toEqual({
      answer: '',
      reasoning: 'Let me',
      finish: 'length',
    });
    expect(parted('<|channel|>analysis<|message|>Let me')).toEqual({ answer: '', reasoning: 'Let me' });
  });

  it('takes a call in a channel for no answer', () => {
    const call = '<|start|>assistant<|channel|>commentary to=functions.f <|constrain|>json<|message|>{"a":1}<|call|>';
    expect(parted(`<|channel|>analysis<|message|>a<|end|>${call}`)).toEqual({
      answer: null,
      finish: 'tool_calls',
      reasoning: 'a',
    });
  });

  it.each([
    'In HTML, <think> is no tag, </think> neither.',
    'Use </think> to close it.',
    'Write `</think>` at its end.',
    'Do it so:\n```\n</think>\n```\nDone.',
    'The tag </think>',
    'See https://example.org/think about it',
    'The marks are <|channel|>final<|message|>.',
    'analysis of the final report',
  ])('leaves %j as it is', (text) => {
    expect(parted(text)).toEqual({ answer: text });
  });

  it('cuts the tokens alike, and drops those that do not fit', () => {
    const tokens = ['<think>', 'a', '</think>', '\n\n', 'Can', 'berra', '<|im_end|>'].map((token) => ({
      token,
      logprob: -1,
    }));
    expect(parted('<think>a</think>\n\nCanberra', { tokens }).tokens).toEqual([
      { token: 'Can', logprob: -1 },
      { token: 'berra', logprob: -1 },
    ]);
    expect(parted('<think>a</think>\n\nSydney', { tokens })).not.toHaveProperty('tokens');
  });

  it('keeps a reasoning that was apart, once', () => {
    expect(parted('<think>a</think>b', { reasoning: 'a' })).toEqual({ answer: 'b', reasoning: 'a' });
    expect(parted('<think>a</think>b', { reasoning: 'Before.' })).toEqual({ answer: 'b', reasoning: 'Before.\n\na' });
  });

  it('parts samples too', () => {
    const samples = [{ answer: '<think>a</think>b' }, { answer: 'c' }];
    expect(parted('b', { samples })).toEqual({
      answer: 'b',
      samples: [{ answer: 'b', reasoning: 'a' }, { answer: 'c' }],
    });
  });
});
