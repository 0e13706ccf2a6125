import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askedSum } from '../../features/words/asked-sum.js';
import { checkEquations } from '../../features/words/check-equations.js';
import { signalsOf } from './signals-of.js';

/** [equations found, equations that don't hold], where all numbers are of the question, or of the question given. */
function checked(text: string, question = `A story of ${text.replaceAll(/[^\d,.]+/g, ' and ')}`): [number, number] {
  const found = { n: 0, wrong: 0 };
  const asked = askedSum(question, []);
  checkEquations(text, () => asked, found);
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
    const prompt = 'Ann has 6 boxes of 2 and Bo has 3. How many boxes and how many pens?';
    const signals = signalsOf({ prompt, answer: '6 * 2 = 12', reasoning: '6 + 3 = 9, 2 + 3 = 6' });
    expect(signals['text.equations']).toBeCloseTo(Math.log(2), 12);
    expect(signals['text.falseEquations']).toBe(0);
    expect(signals['reasoning.equations']).toBeCloseTo(Math.log(3), 12);
    expect(signals['reasoning.falseEquations']).toBe(0.5);
    expect(signalsOf({ answer: '12' })['text.falseEquations']).toBeNaN();
  });

  it('counts what is about the question only', () => {
    const none: [string, string][] = [
      ['What is the capital of France?', '1 + 1 = 2'],
      ['What is the capital of France? Answer in 1 word.', '1 + 1 = 2'],
      ['Answer in one word: which planet is the largest?', '1 + 1 = 2'],
      ['Who was the 16th president, born in 1809?', '16 + 1809 = 1825'],
      ['What is 17 + 25?', '1 + 1 = 2'],
      ['What is 17 + 25?', '17 + 1 = 18'],
      ['What is 7 times 8?', '7 + 8 = 15'],
      ['What is 7 times 8?', '7 + 1 = 8'],
      ['Subtract 35 from 294.', '294 - 53 = 241'],
      ['16 + 8 + 3 = ?', '16 + 8 = 24'],
      ['What is 17 + 25?', '17 + 25 = 17 + 25'],
      ['Tom has 3 apples and buys 4. How many has he?', '2 + 2 = 4'],
      ['', '6 * 2 = 12'],
    ];
    for (const [prompt, answer] of none) {
      const signals = signalsOf({ prompt, answer });
      expect(signals['text.falseEquations'], `${prompt} ${answer}`).toBeNaN();
      expect(signals['text.equations'], `${prompt} ${answer}`).toBe(0);
    }
    const reasoned = signalsOf({ prompt: none[0][0], answer: 'Paris', reasoning: '1 + 1 = 2' });
    expect(reasoned['reasoning.falseEquations']).toBeNaN();
    expect(signalsOf({ answer: '6 * 2 = 12' })['text.falseEquations']).toBeNaN();
  });

  it('counts the sum that is asked, however it is asked, and its steps', () => {
    const right: [string, string, number][] = [
      ['What is 17 + 25?', '17 + 25 = 42', 1],
      ['What is 17 + 25?', '25 + 17 = 42', 1],
      ['Multiply 4 by seven.\nAnswer:', '4 x 7 = 28', 1],
      ['Subtract 35 from 294.', '294 - 35 = 259', 1],
      ['16 + 8 + 3 = ?', '16 + 8 = 24, 24 + 3 = 27', 2],
      ['Compute (3 + 4) * 2.', '3 + 4 = 7. 7 * 2 = 14', 2],
      ['What is 7 × 12?', '7 * 12 = 70 + 14 = 84', 2],
      ['What is 12 squared?', '12 * 12 = 144', 1],
      ['What is 20% of 50?', '0.2 * 50 = 10', 1],
      ['Tom has 3 boxes of 12 eggs and loses half. How many are left?', '3 * 12 = 36; 36 / 2 = 18', 2],
      ['Was kosten 3 Hefte zu 2,50 Euro?', '3 * 2.50 = 7.50', 1],
      ['小明有3个苹果，又买了4个，一共几个？', '3 + 4 = 7', 1],
    ];
    for (const [prompt, answer, n] of right) expect(checked(answer, prompt), `${prompt} ${answer}`).toEqual([n, 0]);
    expect(checked('17 + 25 = 41', 'What is 17 + 25?')).toEqual([1, 1]);
    expect(checked('8 * 7 = 54', 'What is 7 times 8?')).toEqual([1, 1]);
    expect(checked('16 + 8 = 25, 25 + 3 = 28', '16 + 8 + 3 = ?')).toEqual([1, 1]);
    expect(checked('35 - 28 = 8', 'How many yards more? 35 yards in 1 throw, 28 in another.')).toEqual([1, 1]);
  });

  it('knows the numbers of passages, of earlier turns and of the reasoning', () => {
    const passages = { prompt: 'How many yards longer was the first?', context: ['One of 35 yards, one of 28.'] };
    expect(signalsOf({ ...passages, answer: '35 - 28 = 7' })['text.falseEquations']).toBe(0);
    const messages = [
      { role: 'user', content: 'I have 31 pens.' },
      { role: 'assistant', content: 'Good.' },
      { role: 'user', content: 'I give away 7. How many are left?' },
    ];
    expect(signalsOf({ messages, answer: '31 - 7 = 25' })['text.falseEquations']).toBe(1);
    const reasoning = { prompt: '16 pens, 8 pens and 3 more: how many?', reasoning: '16 + 8 = 24' };
    expect(signalsOf({ ...reasoning, answer: '24 + 3 = 27' })['text.falseEquations']).toBe(0);
  });
});
