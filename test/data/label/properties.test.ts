import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containedAlias } from '../../../data/label/contained-alias.js';
import { exactMatch } from '../../../data/label/exact-match.js';
import { labellers } from '../../../data/label/list.js';
import { normalise } from '../../../data/label/normalise.js';
import { numeric } from '../../../data/label/numeric.js';
import { tokenF1 } from '../../../data/label/token-f1.js';
import { grade } from './grade.js';

const words = [
  ...[
    'Canberra',
    'the Nile',
    'São Tomé',
    'Ærøskøbing',
    'ΑΘΗΝΑ',
    'Йод',
    'ёлка',
    'Straße',
    'İzmir',
    'O’Neill',
    'Spider-Man',
  ],
  ...[
    'パパ',
    'かき',
    'ｷｬﾝﾍﾞﾗ',
    '堪培拉',
    '四十二',
    'किताब',
    'ক্ষ',
    'தமிழ்',
    'น้ำแข็ง',
    'ປາລາວ',
    'ភ្នំពេញ',
    'မြို့',
    '캔버라',
    'كَتَبَ',
    'שָׁלוֹם',
    'ﬁn',
    '٤٢',
    '3.5',
    '-5',
    'C++',
    '10²',
  ],
];
const text = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 4 }).map((some) => some.join(' ')),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }),
);

/** Words as people write them, with any mark before, between and behind. */
const written = fc
  .array(
    fc.tuple(
      fc.constantFrom('', ' ', ' "', '(', '«', '「', '¿'),
      fc.constantFrom(...words),
      fc.constantFrom('', '.', ', ', ')', '!', '؟', '。', '-', '’s', ' a '),
    ),
  )
  .map((parts) => parts.map((part) => part.join('')).join(' '));

describe('any text', () => {
  it('is right against itself', () => {
    fc.assert(
      fc.property(text, (said) => {
        fc.pre(said.trim() !== '');
        expect(grade(exactMatch, said, said)).toBe(1);
        if (normalise(said) === '') return;
        expect(grade(containedAlias, said, said)).toBe(1);
        expect(grade(tokenF1, said, said)).toBe(1);
      }),
      { numRuns: 500 },
    );
  });

  it('is graded the same composed and decomposed', () => {
    fc.assert(
      fc.property(text, text, (answer, reference) => {
        for (const labeller of labellers) {
          const plain = grade(labeller, answer, reference);
          expect(grade(labeller, answer.normalize('NFD'), reference.normalize('NFC'))).toBe(plain);
          expect(grade(labeller, answer.normalize('NFC'), reference.normalize('NFD'))).toBe(plain);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('normalised once is normalised', () => {
    fc.assert(
      fc.property(written, (said) => {
        expect(normalise(normalise(said))).toBe(normalise(said));
      }),
      { numRuns: 500 },
    );
  });

  it('an exact match is contained, and what is contained shares words', () => {
    fc.assert(
      fc.property(fc.constantFrom(...words), fc.constantFrom(...words), (before, word) => {
        const answer = `${before} ${word}`;
        expect(grade(containedAlias, answer, word)).toBe(1);
        expect(grade(tokenF1, answer, word)).toBeGreaterThan(0);
      }),
    );
  });
});

const number = fc.oneof(
  fc.integer({ min: -1e6, max: 1e6 }).map(String),
  fc.tuple(fc.integer({ min: 0, max: 999 }), fc.integer({ min: 1, max: 99 })).map(([a, b]) => `${a}.${b}`),
);
const asides = fc.constantFrom(
  'This uses 3 steps.',
  'Er hat 12 Äpfel und 7 Birnen.',
  '他有3个, 又买了4个。',
  'Since 2 + 2 = 4, we go on.',
  '\\frac{1}{2} of 10 is 5.',
  'The answer to part 1 is 99.',
);

describe('any number', () => {
  const digits = (zero: string) => (said: string) =>
    said.replace(/\d/g, (digit) => String.fromCodePoint((zero.codePointAt(0) as number) + Number(digit)));
  const ways: [string, (said: string) => string][] = [
    ['bare', (said) => said],
    ['boxed', (said) => `So \\boxed{${said}}.`],
    ['stated', (said) => `The answer is ${said}.`],
    ['German', (said) => `Die Antwort lautet ${said.replace('.', ',')} Stück.`],
    ['Chinese', (said) => `答案是${said}个。`],
    ['Arabic', (said) => `الجواب هو ${digits('٠')(said)}`],
    ['Hindi', (said) => `उत्तर ${digits('०')(said)} है`],
    ['full-width', (said) => `答えは${digits('０')(said)}です`],
    ['GSM8K', (said) => `1 + 1 = 2\n#### ${said}`],
  ];

  it.each(ways)('%s, is right against itself and wrong against the next', (_, say) => {
    fc.assert(
      fc.property(number, (said) => {
        expect(grade(numeric, say(said), said)).toBe(1);
        expect(grade(numeric, say(said), String(Number(said) + 1))).toBe(0);
      }),
    );
  });

  it('other numbers before a box, or around what is stated, change nothing', () => {
    fc.assert(
      fc.property(number, asides, asides, (said, before, after) => {
        expect(grade(numeric, `${before} \\boxed{${said}}. ${after}`, said)).toBe(1);
        expect(grade(numeric, `${before} The final answer is ${said}.`, said)).toBe(1);
        expect(grade(numeric, `The final answer is ${said}.\nThis uses 3 steps.`, said)).toBe(1);
      }),
    );
  });

  it('with thousands marked as others mark them', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_000_000, max: 999_999_999 }), (value) => {
        const western = (mark: string) => String(value).replace(/\B(?=(?:\d{3})+$)/g, mark);
        const indian = String(value).replace(/\B(?=(?:\d{2})*\d{3}$)/g, ',');
        for (const said of [...[',', '.', "'", '’', ' ', '\u00a0', '\u202f', '{,}', '\\,'].map(western), indian]) {
          expect(grade(numeric, `\\boxed{${said}}`, String(value))).toBe(1);
          expect(grade(numeric, said, String(value))).toBe(1);
        }
      }),
    );
  });
});

/** A pattern that backtracks without end would hit the time limit of the test runner. */
describe('a long text of repetitions gets a grade', () => {
  const of = (piece: string) => piece.repeat(Math.ceil(8000 / piece.length));
  const pieces = [
    'a',
    'A ',
    ' ',
    '\n',
    '1',
    '1,',
    '111 ',
    '一',
    'ア',
    'ก',
    '가',
    'ا',
    '{',
    '\\boxed{',
    '\\frac{',
    '(',
    '*',
    '\u0301',
  ];
  it.each([...pieces, 'the answer is ', 'not ', 'A and B ', 'A is B is ', '答案', 'A) x\nB) y\n', '5-', '2^'])(
    '%j',
    (piece) => {
      const answer = of(piece);
      const prompts = ['', answer, 'Which?\nA) a\nB) b'];
      for (const labeller of labellers) {
        for (const prompt of prompts) {
          for (const reference of ['a', '5', 'C', '堪培拉', '一', '가']) {
            const value = labeller.of({ id: 'x', answer, prompt, reference: [reference] }) ?? 0;
            expect(value >= 0 && value <= 1).toBe(true);
          }
        }
      }
    },
  );
});
