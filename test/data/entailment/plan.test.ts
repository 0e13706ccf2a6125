import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkRecord } from '../../../data/check-record.js';
import { type Entailed, planEntailments } from '../../../data/entailment/plan.js';

const sample = (answer: string) => ({ answer });
const judged = (pairs: readonly { premise: string; hypothesis: string }[]): Entailed[] =>
  pairs.map(({ premise, hypothesis }) => ({
    entails: premise.includes(hypothesis) ? 0.9 : 0.1,
    contradicts: premise.length === hypothesis.length ? 0.6 : 0.05,
  }));

describe('planEntailments', () => {
  it('asks for each distinct ordered pair once, and for none of a text with itself', () => {
    const { pairs, filled } = planEntailments({ answer: 'ab', samples: ['ab ', 'a', 'a', 'b'].map(sample) });
    expect(pairs.map(({ premise, hypothesis, of }) => [premise, hypothesis, of])).toEqual([
      ['ab', 'a', 'text'],
      ['ab', 'b', 'text'],
      ['a', 'ab', 'text'],
      ['a', 'b', 'text'],
      ['b', 'ab', 'text'],
      ['b', 'a', 'text'],
    ]);
    expect(filled(judged(pairs))).toEqual({
      texts: {
        entails: [
          [1, 1, 0.9, 0.9, 0.9],
          [1, 1, 0.9, 0.9, 0.9],
          [0.1, 0.1, 1, 1, 0.1],
          [0.1, 0.1, 1, 1, 0.1],
          [0.1, 0.1, 0.1, 0.1, 1],
        ],
        contradicts: [
          [0, 0, 0.05, 0.05, 0.05],
          [0, 0, 0.05, 0.05, 0.05],
          [0.05, 0.05, 0, 0, 0.6],
          [0.05, 0.05, 0, 0, 0.6],
          [0.05, 0.05, 0.6, 0.6, 0],
        ],
      },
    });
  });

  it('asks of passages in one direction, also of a passage that is the answer', () => {
    const { pairs, filled } = planEntailments({ answer: 'a', context: ['ab', 'a', 'ab'] });
    expect(pairs).toEqual([
      { premise: 'ab', hypothesis: 'a', of: 'passage' },
      { premise: 'a', hypothesis: 'a', of: 'passage' },
    ]);
    expect(filled(judged(pairs))).toEqual({
      passages: { entails: [0.9, 0.9, 0.9], contradicts: [0.05, 0.6, 0.05] },
    });
  });

  it('keeps what is known, and asks only for the rest', () => {
    const record = { answer: 'a', context: ['p'], samples: [sample('b')] };
    const passages = { entails: [0.3], contradicts: [0.2] };
    const { pairs, filled } = planEntailments(record, { passages, note: 'kept' });
    expect(pairs.map(({ of }) => of)).toEqual(['text', 'text']);
    expect(filled(judged(pairs))).toMatchObject({
      passages,
      note: 'kept',
      texts: {
        entails: [
          [1, 0.1],
          [0.1, 1],
        ],
      },
    });
    const matrix = [
      [1, 0.2],
      [0.3, 1],
    ];
    const whole = { passages, texts: { entails: matrix, contradicts: matrix } };
    expect(planEntailments(record, whole).isNeeded).toBe(false);
    expect(planEntailments(record, whole).filled([])).toEqual(whole);
  });

  it('asks again where the size shows that what is known is of other passages or samples', () => {
    const passages = { entails: [0.3], contradicts: [0.2] };
    const known = { passages, texts: { entails: [[1]], contradicts: [[0]] } };
    const { pairs, filled } = planEntailments({ answer: 'a', context: ['p', 'q'], samples: [sample('b')] }, known);
    expect(pairs.map(({ of }) => of)).toEqual(['passage', 'passage', 'text', 'text']);
    const { passages: now, texts } = filled(judged(pairs));
    expect([now?.entails?.length, texts?.entails?.length, texts?.contradicts?.length]).toEqual([2, 2, 2]);
    expect(planEntailments({ answer: 'a', samples: [] }, { passages }).isNeeded).toBe(false);
  });

  it('leaves out a part of which a pair is not known', () => {
    const record = { answer: 'a', context: ['p', 'q'], samples: [sample('b')] };
    const { pairs, filled } = planEntailments(record);
    const all: (Entailed | undefined)[] = judged(pairs);
    expect(pairs.map(({ of }) => of)).toEqual(['passage', 'passage', 'text', 'text']);
    expect(Object.keys(filled(all.with(1, undefined)))).toEqual(['texts']);
    expect(Object.keys(filled(all.with(3, undefined)))).toEqual(['passages']);
    expect(filled(all.map(() => undefined))).toEqual({});
  });

  it('has nothing to ask of an empty answer about its passages, or without samples and passages', () => {
    expect(planEntailments({ answer: ' ', context: ['p'] }).pairs).toEqual([]);
    expect(planEntailments({ answer: 'a', context: [], samples: [] }).pairs).toEqual([]);
  });

  it('fills in texts that are all equal without a pair', () => {
    const { isNeeded, pairs, filled } = planEntailments({ answer: 'a', samples: ['a', ' a'].map(sample) });
    const [ones, zeros] = [1, 0].map((value) => Array.from({ length: 3 }, () => [value, value, value]));
    expect([isNeeded, pairs]).toEqual([true, []]);
    expect(filled([])).toEqual({ texts: { entails: ones, contradicts: zeros } });
    expect(planEntailments({ answer: 'a', samples: [] }).isNeeded).toBe(false);
  });

  it('compares at most 64 distinct texts', () => {
    const samples = Array.from({ length: 64 }, (_, i) => sample(`${i % 63}`));
    expect(planEntailments({ answer: 'a', samples }).pairs).toHaveLength(64 * 63);
    expect(planEntailments({ answer: 'a', samples: [...samples, sample('b')] }).pairs).toEqual([]);
  });

  it('makes what a record may hold, with ones in the diagonal, for any texts', () => {
    const text = fc.constantFrom('', 'a', 'b ', ' b', 'c c');
    fc.assert(
      fc.property(text, fc.array(text, { minLength: 1, maxLength: 6 }), fc.array(text, { maxLength: 3 }), (...all) => {
        const [answer, samples, context] = all;
        const { pairs, filled } = planEntailments({ answer, samples: samples.map(sample), context });
        const keys = pairs.map((pair) => JSON.stringify(pair));
        expect(new Set(keys).size).toBe(keys.length);
        const nli = filled(judged(pairs));
        checkRecord({ answer, entailments: { nli } });
        const { entails, contradicts } = nli.texts ?? {};
        const texts = [answer, ...samples].map((each) => each.trim());
        expect(entails?.length).toBe(texts.length);
        texts.forEach((a, i) => {
          texts.forEach((b, j) => {
            if (a === b) expect([entails?.[i][j], contradicts?.[i][j]]).toEqual([1, 0]);
          });
        });
      }),
    );
  });
});
