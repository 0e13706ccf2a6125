import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseProbabilities } from '../../../../data/ask/requests/parse-probabilities.js';

describe('parseProbabilities', () => {
  it.each([
    ['1: 0.8\n2: 0.15\n3: 0.05', { 1: 0.8, 2: 0.15, 3: 0.05 }],
    ['P1: 80%\nP2: 15 %\nP3: 5%', { 1: 0.8, 2: 0.15, 3: 0.05 }],
    ['1: 80\n2: 15\n3: 1', { 1: 0.8, 2: 0.15, 3: 0.01 }],
    ['1: 1\n2: 0\n3: 0', { 1: 1, 2: 0, 3: 0 }],
    ['1: 1.0\n2: 0.0', { 1: 1, 2: 0 }],
    ['**1.** Paris – 0.7\n**2.** London – .2', { 1: 0.7, 2: 0.2 }],
    ['1. World War 2: 0.6\n2. the war of 1914: 0.3', { 1: 0.6, 2: 0.3 }],
    ['P1: 0.7, P2: 0.2, P3: 0.1', { 1: 0.7, 2: 0.2, 3: 0.1 }],
    ['1: 0,7; 2: 0,2', { 1: 0.7, 2: 0.2 }],
    ['{"1": 0.7, "2": 0.2}', { 1: 0.7, 2: 0.2 }],
    ['| 1 | 0.7 |\n| 2 | 0.2 |', { 1: 0.7, 2: 0.2 }],
    ['Answer 1: 9/10\nAnswer 2: 1 out of 10', { 1: 0.9, 2: 0.1 }],
    ['Proposed answer 1 = 0.55', { 1: 0.55 }],
    ['1: .8', { 1: 0.8 }],
    ['Here are they:\n\n1) 0.9\n2) 0.05', { 1: 0.9, 2: 0.05 }],
    ['0.7\n0.2\n0.1', { 1: 0.7, 2: 0.2, 3: 0.1 }],
    ['70%\n30%', { 1: 0.7, 2: 0.3 }],
    ['1: 0.7\n1: 0.2', { 1: 0.7 }],
    ['1: 120%\n2: 0.5', { 2: 0.5 }],
    ['7: 0.9', {}],
    ['0.7', {}],
    ['quite sure', {}],
    ['', {}],
  ])('%j', (text, expected) => {
    expect(Object.fromEntries(parseProbabilities(text, 3))).toEqual(expected);
  });

  it('gives probabilities only, of answers that exist, for any text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...'0123456789.,%/:;P \n"|-a') }),
        fc.integer({ min: 2, max: 10 }),
        (text, most) => {
          for (const [answer, p] of parseProbabilities(text, most)) {
            expect(Number.isInteger(answer) && answer >= 1 && answer <= most).toBe(true);
            expect(p >= 0 && p <= 1).toBe(true);
          }
        },
      ),
    );
  });

  it('reads what it would write itself', () => {
    const share = fc.integer({ min: 0, max: 1000 }).map((n) => n / 1000);
    fc.assert(
      fc.property(fc.array(share, { minLength: 2, maxLength: 10 }), (shares) => {
        const text = shares.map((p, i) => `${i + 1}: ${p.toFixed(3)}`).join('\n');
        expect([...parseProbabilities(text, shares.length).values()]).toEqual(shares);
      }),
    );
  });
});
