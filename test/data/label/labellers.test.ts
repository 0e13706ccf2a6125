import { describe, expect, it } from 'vitest';
import { choiceLetter, letterOf } from '../../../data/label/choice-letter.js';
import { containedAlias } from '../../../data/label/contained-alias.js';
import { exactMatch } from '../../../data/label/exact-match.js';
import type { Labeller } from '../../../data/label/labeller.js';
import { labellers, labelWith } from '../../../data/label/list.js';
import { normalise } from '../../../data/label/normalise.js';
import { numberOf } from '../../../data/label/number/answer-number.js';
import { numbersIn } from '../../../data/label/number/numbers-in.js';
import { numeric } from '../../../data/label/numeric.js';
import { tokenF1 } from '../../../data/label/token-f1.js';

const grade = (labeller: Labeller, answer: string, reference: string | string[], prompt?: string) =>
  labeller.of({ id: 'x', answer, reference: [reference].flat(), prompt });

describe('normalise', () => {
  it.each([
    ['The  Beatles!', 'beatles'],
    ['Beyoncé', 'beyonce'],
    ['Spider-Man', 'spiderman'],
    ['Don’t', 'dont'],
    ['U.S.', 'us'],
    ['3.5 %', '3.5'],
    ['−5 °C', '-5 c'],
    ['5,000', '5000'],
    ['C++', 'c++'],
    ['A', 'a'],
    ['?', '?'],
  ])('%s → %s', (text, plain) => expect(normalise(text)).toBe(plain));
});

describe('exactMatch and containedAlias', () => {
  it.each([
    ['Canberra.', 'canberra', 1, 1],
    ['It is Canberra', 'Canberra', 0, 1],
    ['New York City', ['NYC', 'New York'], 0, 1],
    ['Canberran', 'Canberra', 0, 0],
    ['Spider Man', 'Spider-Man', 0, 1],
    ['the spiderman films', 'Spider-Man', 0, 1],
    ['35', '3.5', 0, 0],
    ['5', '-5', 0, 0],
    ['', 'Canberra', 0, 0],
    ['No, it is not.', 'no', 0, 1],
    ['I know', 'no', 0, 0],
  ])('%s against %s', (answer, reference, exact, contained) => {
    expect(grade(exactMatch, answer, reference)).toBe(exact);
    expect(grade(containedAlias, answer, reference)).toBe(contained);
  });
});

describe('tokenF1', () => {
  it.each([
    ['a cat sat down', 'the cat sat', (2 * 2) / 5],
    ['cat cat', 'cat', (2 * 1) / 3],
    ['Canberra', ['Sydney', 'Canberra'], 1],
    ['dog', 'cat', 0],
    ['', 'cat', 0],
  ])('%s against %s', (answer, reference, value) => expect(grade(tokenF1, answer, reference)).toBeCloseTo(value, 12));
});

describe('numbersIn', () => {
  it.each<[string, number[]]>([
    ['42', [42]],
    ['−5 °C, -3', [-5, -3]],
    ['12-5', [12, 5]],
    ['$1,234.50 and 1.234,5 and 1.234.567', [1234.5, 1234.5, 1234567]],
    ['3,5', [3.5]],
    ['1,2,3', [1, 2, 3]],
    ['1/2, 3 1/2, 3½, ¾', [0.5, 3.5, 3.5, 0.75]],
    ['5k, £50m, 5m tall, 3 million', [5000, 50_000_000, 5, 3_000_000]],
    ['6.02e23', [6.02e23]],
    ['R2D2 and GPT-4', [4]],
    ["1'234 and 12\u202f000", [1234, 12_000]],
    ['twenty-three', [23]],
    ['one hundred and five, minus two million', [105, -2_000_000]],
    ['nine of 10', [10]],
    ['1e999', []],
  ])('%s', (text, values) => expect(numbersIn(text).map(({ value }) => value)).toEqual(values));
});

describe('numeric', () => {
  it.each([
    ['The answer is 5, since 10 = 2 × 5.', 5],
    ['2 + 2 = 4', 4],
    ['#### 42 of 50', 42],
    ['So \\boxed{7} is it, not 8', 7],
    ['7 people came in 2019', 2019],
  ])('takes from "%s"', (text, value) => expect(numberOf(text)?.value).toBe(value));

  it.each<[string, string | string[], number | null]>([
    ['It is 1,234.', '1234', 1],
    ['3.1416', '3.14', 1],
    ['3.1', '3.14', 0],
    ['4.2', '4', 0],
    ['50%', '0.5', 1],
    ['50', '50 %', 1],
    ['0.50', '1/2', 1],
    ['There are three.', '3', 1],
    ['5 km', '5 kilometres', 1],
    ['-5', '5', 0],
    ['none', '0', 0],
    ['61', ['61', 'sixty-one'], 1],
    ['1969', 'Apollo 11', null],
    ['1969', ['Alaska', '49th State'], null],
    ['#### 18', 'She sold 2 + 16.\n#### 18', 1],
  ])('%s against %s', (answer, reference, value) => expect(grade(numeric, answer, reference)).toBe(value));
});

describe('choiceLetter', () => {
  it.each([
    ['B', 'B'],
    ['(b)', 'B'],
    ['B) Paris', 'B'],
    ['The answer is (B).', 'B'],
    ['answer is:\nC', 'C'],
    ['Answer: **B**', 'B'],
    ['I think B is right', 'B'],
    ['\\boxed{D}', 'D'],
    ['A good answer', null],
    ['The answer is a dog', null],
    ['I am sure', null],
    ['', null],
  ])('%s names %s', (answer, letter) => expect(letterOf(answer)).toBe(letter));

  it('falls back on the text of an option, and on wrong', () => {
    const prompt = 'Which is a capital?\nA) Lyon\nB) Paris\nC) Port Louis';
    expect(grade(choiceLetter, 'It is Paris.', 'B', prompt)).toBe(1);
    expect(grade(choiceLetter, 'Lyon or Paris', 'B', prompt)).toBe(0);
    expect(grade(choiceLetter, 'No idea', 'B', prompt)).toBe(0);
    expect(grade(choiceLetter, 'C', ['Port Louis', '(C)'], prompt)).toBe(1);
    expect(grade(choiceLetter, 'C', 'Port Louis', prompt)).toBeNull();
  });
});

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
});
