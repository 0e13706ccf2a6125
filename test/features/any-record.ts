import fc from 'fast-check';
import type { AnswerRecord } from '../../data/record.js';

/** Arbitrary records: every field present or absent, texts with odd letters, log-probabilities as endpoints send them. */
const word = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(
      'Paris',
      'the',
      'of',
      'London',
      'is',
      'yes',
      'no',
      '1,234',
      '5.0',
      '-3',
      'B',
      'A',
      'answer',
      "don't",
      'think',
    ),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom('Niccolò', '東京', 'Ğ', '\ud800', '🏄', 'ß', '−7', '“x”', 'İstanbul', '１２'),
  },
  { weight: 2, arbitrary: fc.string({ maxLength: 6 }) },
);
const sign = fc.constantFrom(' ', ' ', ' ', ', ', '. ', '? ', '\n', '', ' (', ') ', '-');
export const anyText = fc.array(fc.tuple(word, sign), { maxLength: 14 }).map((parts) => parts.flat().join(''));

const logprob = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: -20, max: 0, noNaN: true }) },
  { weight: 1, arbitrary: fc.constantFrom(0, -0, 1e-7, -9999, Number.NEGATIVE_INFINITY, -1e-9, -40) },
);
const alternative = fc.record({ token: fc.string({ maxLength: 4 }), logprob });
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: null });
const tokens = fc.array(
  fc.record({
    token: fc.oneof(
      { weight: 9, arbitrary: fc.string({ maxLength: 5 }) },
      { weight: 1, arbitrary: fc.constantFrom('', '</s>', '<|im_end|>') },
    ),
    logprob: fc.oneof({ weight: 9, arbitrary: logprob }, { weight: 1, arbitrary: fc.constantFrom(null, Number.NaN) }),
    top: fc.oneof(
      { weight: 8, arbitrary: fc.array(alternative, { minLength: 3, maxLength: 6 }) },
      { weight: 2, arbitrary: fc.array(alternative, { maxLength: 3 }) },
      { weight: 1, arbitrary: fc.constantFrom(null, []) },
    ),
  }),
  { maxLength: 9 },
);
const share = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 1));
const sample = fc.record({
  answer: anyText,
  model: maybe(fc.constantFrom('m1', 'm2', 'm3')),
  stated: maybe(share),
  cluster: maybe(fc.constantFrom(0, 1, 'x')),
  tokens: maybe(tokens),
});

export const anyRecord: fc.Arbitrary<AnswerRecord> = fc.record({
  id: fc.constant('r'),
  answer: anyText,
  model: maybe(fc.constantFrom('m1', 'm2')),
  task: maybe(fc.constantFrom('t1', 't2')),
  prompt: maybe(anyText),
  context: maybe(fc.array(anyText, { maxLength: 3 })),
  facts: maybe(fc.array(anyText, { maxLength: 2 })),
  reasoning: maybe(anyText),
  finish: maybe(fc.constantFrom('stop', 'length')),
  tokens: maybe(tokens),
  choices: maybe(fc.dictionary(fc.constantFrom('A', 'B', 'yes', 'no', 'Paris'), share, { maxKeys: 4 })),
  samples: maybe(fc.array(sample, { maxLength: 5 })),
  stated: maybe(share),
  verifiers: maybe(
    fc.dictionary(fc.constantFrom('nli', 'ptrue', 'judge'), maybe(fc.double({ min: -1, max: 2, noNaN: true })), {
      maxKeys: 3,
    }),
  ),
  similarities: maybe(fc.constantFrom({ e: { question: 0.2, passages: [] } }, { e: null })),
  features: maybe(
    fc.dictionary(
      fc.constantFrom('age', 'plan', 'vip'),
      maybe(fc.oneof(fc.double(), fc.boolean(), fc.constantFrom('pro', 'free'))),
      { maxKeys: 3 },
    ),
  ),
}) as fc.Arbitrary<AnswerRecord>;
