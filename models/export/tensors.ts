import type { SignalSchema } from '../../features/schema.js';
import { embeddingInput } from '../../features/vectors/embeddings.js';
import type { RawPlan } from '../raw/plan.js';

/** An input or output of an exported graph. */
export interface TensorSpec {
  name: string;
  type: 'float32' | 'float64' | 'int32' | 'int64';
  /** A free axis has a name; the first is always `n`, the rows. */
  shape: (string | number)[];
  /** Description of the content, in one line. */
  holds: string;
  /** Names along the last axis, if it has a fixed length. */
  columns?: string[];
}

/** Inputs of the feature graph in order. */
export function featureInputs(schema: SignalSchema): TensorSpec[] {
  return [
    {
      name: 'features',
      type: 'float32',
      shape: ['n', schema.numeric.length],
      holds: 'the signals in order; NaN = not recorded',
      columns: schema.numeric,
    },
    ...otherInputs(schema),
  ];
}

/** Inputs of the raw-signal graph in order. */
export function rawInputs({ schema, numbers, reads }: RawPlan): TensorSpec[] {
  const double = (name: string, shape: (string | number)[], holds: string): TensorSpec => ({
    name,
    type: 'float64',
    shape: ['n', ...shape],
    holds,
  });
  const marks = {
    informative:
      '1 where a token belongs to a word with content (a name, number or content word), 0 where not; NaN = not known',
    fresh: '1 where a token is informative and its word is not in the prompt, 0 where not; NaN = not known',
    decisive:
      '1 where a token belongs to the word that decides (option, yes or no, last number), 0 where not; NaN = not known',
  };
  return [
    ...(reads.logprobs
      ? [
          double(
            'token_logprobs',
            ['T'],
            'natural log-probability of each token of the answer; ' +
              'NaN = none, padding, an end mark, a token without text',
          ),
        ]
      : []),
    ...(reads.top
      ? [
          double(
            'top_logprobs',
            ['T', 'k'],
            `log-probabilities of each token's alternatives in any order, ` +
              `the ${schema.topK} most likely are read; NaN = none, padding`,
          ),
        ]
      : []),
    ...reads.marks.map((name) => double(name, ['T'], marks[name])),
    ...(reads.choices
      ? [double('choices', ['options'], 'probability of each option the model chose from; NaN = none, padding')]
      : []),
    ...(numbers.length > 0
      ? [{ ...double('numbers', [numbers.length], 'other numbers in order; NaN = not recorded'), columns: numbers }]
      : []),
    ...otherInputs(schema),
  ];
}

/** Outputs of both graphs, each [n]. */
const outputs: TensorSpec[] = [
  { name: 'logit', type: 'float32', shape: ['n'], holds: 'log-odds before calibration' },
  { name: 'probability', type: 'float32', shape: ['n'], holds: 'calibrated probability that the answer is right' },
  {
    name: 'low',
    type: 'float32',
    shape: ['n'],
    holds: 'lower end of a 90% interval for the share of right answers at this score',
  },
  { name: 'high', type: 'float32', shape: ['n'], holds: 'upper end of that interval' },
  { name: 'shift', type: 'float32', shape: ['n'], holds: 'above 1: unlike the training answers, no decision' },
];

export function featureOutputs(): TensorSpec[] {
  return outputs;
}

export function rawOutputs({ schema }: RawPlan): TensorSpec[] {
  const holds = 'the signals that the graph computed, in the order of the feature graph';
  const signals: TensorSpec = { name: 'signals', type: 'float32', shape: ['n', schema.numeric.length], holds };
  return [...outputs, signals];
}

function otherInputs({ categorical, words, embeddings = [] }: SignalSchema): TensorSpec[] {
  const specs: TensorSpec[] = [];
  if (categorical.length > 0) {
    specs.push({
      name: 'categories',
      type: 'int64',
      shape: ['n', categorical.length],
      holds: 'index of each value in its vocabulary, from 1; 0 = missing or not in it',
      columns: categorical.map(({ name }) => name),
    });
  }
  if (words !== undefined) {
    specs.push({
      name: 'words',
      type: 'int32',
      shape: ['n', words.length],
      holds: 'hashed words of question and answer as vouch hashes them; 0 = none',
    });
  }
  for (const { name, size } of embeddings) {
    const holds = `the record's embedding ${name}, unscaled; NaN = not recorded`;
    specs.push({ name: embeddingInput(name), type: 'float32', shape: ['n', size], holds });
  }
  return specs;
}
