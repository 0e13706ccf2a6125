import { describe, expect, it } from 'vitest';
import { labellers, labelWith } from '../../../data/label/list.js';
import type { AnswerRecord } from '../../../data/record.js';

describe('the list', () => {
  it('is found by name and alias in any case, and names itself in the error', () => {
    expect(['exact', 'CONTAINS', 'numeric', 'choice', 'tokenf1'].map((name) => labelWith(name).name)).toEqual(
      labellers.map(({ name }) => name),
    );
    expect(() => labelWith('bleu')).toThrow(
      expect.objectContaining({ code: 'BAD_USAGE', message: expect.stringMatching(/tokenF1 or f1/) }),
    );
  });

  it('gives no label without a reference', () => {
    for (const labeller of labellers) {
      expect(labeller.of({ id: 'x', answer: 'y' })).toBeNull();
      expect(labeller.of({ id: 'x', answer: 'y', reference: ['', ' '] })).toBeNull();
    }
  });

  it('gives no label to what is no answer', () => {
    const call = { id: 'x', answer: null, finish: 'tool_calls', reference: ['5', 'A'] } as unknown as AnswerRecord;
    for (const labeller of labellers) expect(labeller.of(call)).toBeNull();
  });

  it('grades an empty answer, which is one', () => {
    for (const labeller of labellers) expect(labeller.of({ id: 'x', answer: '', reference: ['B'] }) ?? 0).toBe(0);
    expect(labelWith('numeric').of({ id: 'x', answer: '', reference: ['5'] })).toBe(0);
  });
});
