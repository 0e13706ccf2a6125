import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../data/read/answers.js';
import type { AnswerRecord, Token } from '../../../data/record.js';
import { commonTopK } from '../../../features/collect.js';
import { signalsOf } from '../signals-of.js';

const records: AnswerRecord[] = [];
for await (const batch of readAnswers(['test/cases/29-vllm-guided/in.jsonl'], {})) records.push(...batch.records);
const signals = (id: string) => signalsOf(records.find((record) => record.id === id)!, 2);

describe('vLLM’s end mark under guided decoding', () => {
  it('changes no signal, whether the last token lists one alternative or two', () => {
    expect(records.map(({ id }) => id)).toEqual(['free', 'guided-short-list', 'guided-eos-9999', 'base+eos-9999']);
    expect(signals('guided-eos-9999')).toEqual(signals('guided-short-list'));
    expect(signals('base+eos-9999')).toEqual(signals('free'));
    expect(signals('free')['tokens.count']).toBeCloseTo(Math.log(6), 12);
    // (−.03 − .01 − .001 − .05 − .002) / 5
    expect(signals('base+eos-9999')['tokens.meanLogprob']).toBeCloseTo(-0.0186, 12);
  });

  it('does so in canonical records too', () => {
    const [free] = records;
    const ended = { ...free, tokens: [...free.tokens!, { token: '', logprob: -9999, top: [] }] };
    expect(signalsOf(ended, 2)).toEqual(signals('free'));
  });

  it('leaves the usual number of alternatives at two', () => {
    expect(commonTopK(records)).toBe(2);
  });
});

describe('the usual number of alternatives', () => {
  const token = (...top: number[]): Token => ({
    token: 'x',
    logprob: Math.log(top[0]),
    top: top.map((p) => ({ token: 'y', logprob: Math.log(p) })),
  });
  const of = (...tokens: Token[]) => commonTopK([{ id: 'r', answer: 'x', tokens } as AnswerRecord]);

  it('is what most of the tokens have, not the poorest', () => {
    expect(of(token(0.5, 0.2, 0.1), token(0.5), token(0.5, 0.2, 0.1))).toBe(3);
    expect(of(token(0.5, 0.2, 0.1), token(0.5, 0.2))).toBe(2);
    expect(of(token(0.5, 0.2), { token: 'x', logprob: -1 }, { token: 'x', logprob: -1, top: [] })).toBe(2);
  });

  it('is told by tokens with something left to choose where guided decoding left the others none', () => {
    expect(of(token(1), token(1), token(1), token(0.5, 0.2))).toBe(2);
    expect(of(token(1), token(1))).toBe(1);
  });
});
