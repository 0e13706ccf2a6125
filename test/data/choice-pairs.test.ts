import { describe, expect, it } from 'vitest';
import { choicePairs } from '../../data/choice-pairs.js';
import type { AnswerRecord } from '../../data/record.js';

const record = (fields: Partial<AnswerRecord>): AnswerRecord => ({ id: 'a', answer: 'A', ...fields });
const rights = (fields: Partial<AnswerRecord>) => choicePairs(record(fields))?.map(({ right }) => right) ?? null;

describe('recorded options against the references', () => {
  const prompt = 'Which city?\nA) Paris\nB) Canberra\nC) Rome';

  it.each<[string, Partial<AnswerRecord>, boolean[] | null]>([
    ['a letter', { choices: { A: 0.7, B: 0.2 }, reference: ['B'] }, [false, true]],
    ['a letter in brackets, small', { choices: { '(a)': 0.7, '(b)': 0.2 }, reference: ['B'] }, [false, true]],
    ['a text', { choices: { yes: 0.7, no: 0.2 }, reference: ['No.'] }, [false, true]],
    [
      'a text of the prompt',
      { prompt, choices: { A: 0.7, B: 0.2, C: 0.1 }, reference: ['Canberra'] },
      [false, true, false],
    ],
    ['several references', { choices: { A: 0.7, B: 0.2, C: 0.1 }, reference: ['A', 'C'] }, [true, false, true]],
    ['a reference that names none', { choices: { A: 0.7, B: 0.2 }, reference: ['Canberra'] }, null],
    ['no reference', { choices: { A: 0.7 } }, null],
    ['no choices', { reference: ['A'] }, null],
    ['empty choices', { choices: {}, reference: ['A'] }, null],
  ])('%s', (_, fields, wanted) => expect(rights(fields)).toEqual(wanted));

  it('keeps probabilities that add up to less than 1, and scales down those that add up to more', () => {
    const of = (choices: Record<string, number>) =>
      choicePairs(record({ choices, reference: ['A'] }))?.map(({ probability }) => probability);
    expect(of({ A: 0.5, B: 0.2 })).toEqual([0.5, 0.2]);
    expect(of({ A: 0.9, B: 0.9, C: 0.2 })).toEqual([0.45, 0.45, 0.1].map((p) => expect.closeTo(p, 12)));
  });
});
