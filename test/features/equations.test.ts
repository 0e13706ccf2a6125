import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { checkEquations } from '../../features/words/equations.js';
import { signalsOf } from './signals-of.js';

/** [equations found, equations that don't hold]. */
function checked(text: string): [number, number] {
  const found = { n: 0, wrong: 0 };
  checkEquations(text, found);
  return [found.n, found.wrong];
}

describe('checkEquations', () => {
  it('tells what holds', () => {
    for (const text of [
      '6 * 2 = 12',
      '6 x 2 = 12.',
      '$5 × 3 = $15',
      '12,000 − 1 = 11,999',
      '(3 + 4) * 2 = 14',
      '16 - 3 - 4 = 9',
      '2^3 = 8',
      '3 − 5 = −2',
      '2+3 = 4+1',
      '1. 3+4=7',
      '- 3 + 4 = 7',
      'so 3+4=7',
    ]) {
      expect(checked(text), text).toEqual([1, 0]);
    }
    expect(checked('17 + 25 = 41')).toEqual([1, 1]);
    expect(checked('3*4=12=13')).toEqual([1, 0]); // "12 = 13" has no operator
    expect(checked('(3+4)*2=14, so 14+1=16')).toEqual([2, 1]);
  });

  it('takes the right side as rounded to its last decimal', () => {
    expect(checked('10 / 3 = 3.33')).toEqual([1, 0]);
    expect(checked('10 / 3 = 3.3')).toEqual([1, 0]);
    expect(checked('10 / 3 = 3.34')).toEqual([1, 1]);
    expect(checked('10 / 3 = 3')).toEqual([1, 0]);
  });

  it('passes over what names a variable, a unit or a part of something larger', () => {
    for (const text of [
      'x = 5',
      '7 = 7',
      'f(x) = 2x + 3 = 7',
      'x2 + 3 = 7',
      'f(2) + 3 = 9',
      'f(x) * 2 + 3 = 10',
      '5 apples * 3 = 16',
      '20% * 50 = 10',
      'x - 3 = 7',
      '2 + = 5',
      '= 5',
      '2 == 3',
    ]) {
      expect(checked(text), text).toEqual([0, 0]);
    }
  });

  it('finds every sum right or wrong', () => {
    const whole = fc.integer({ min: 0, max: 99_999 });
    fc.assert(
      fc.property(whole, whole, fc.constantFrom(-1, 0, 1), (a, b, off) => {
        expect(checked(`Well, ${a} + ${b} = ${a + b + off}, isn't it?`)).toEqual([1, off === 0 ? 0 : 1]);
      }),
    );
  });

  it('takes any text, and ends soon on one that is made to hold it up', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9+*/()^=. -]{0,60}$/), (text) => {
        const [n, wrong] = checked(text);
        expect(wrong).toBeLessThanOrEqual(n);
        expect(n).toBeLessThanOrEqual(text.split('=').length - 1);
      }),
      { numRuns: 500 },
    );
    expect(checked(`${'('.repeat(200_000)}=${'('.repeat(200_000)}`)).toEqual([0, 0]);
    expect(checked(`${'1+'.repeat(200)}1=201`)).toEqual([0, 0]); // longer than what is looked at
  });

  it('gives signals of answer and reasoning', () => {
    const signals = signalsOf({ answer: '6 * 2 = 12', reasoning: '1 + 1 = 2, 2 + 2 = 5' });
    expect(signals['text.equations']).toBeCloseTo(Math.log(2), 12);
    expect(signals['text.falseEquations']).toBe(0);
    expect(signals['reasoning.equations']).toBeCloseTo(Math.log(3), 12);
    expect(signals['reasoning.falseEquations']).toBe(0.5);
    expect(signalsOf({ answer: '12' })['text.falseEquations']).toBeNaN();
  });
});
