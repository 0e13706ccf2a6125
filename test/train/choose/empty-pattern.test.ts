import { expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { fitModel } from '../../../train/choose/fit-model.js';
import { inlinePool } from '../../../train/learn/pool/pool.js';
import { parseOptions } from '../../../train/options.js';
import { matrixOf } from '../../../train/prepare/matrix.js';
import { dataOf } from '../../support/trained.js';

it('a pattern of which no signal varies has no predictor: where all answers are alike, free signals say nothing', async () => {
  const draw = random('empty pattern');
  const records = Array.from({ length: 120 }, (_, q): AnswerRecord => {
    const stated = draw.next();
    const value = draw.next() < stated ? 1 : 0;
    return { id: `q${q}`, group: `q${q}`, answer: 'So it is.', stated, labels: [{ value, source: 'human' }] };
  });
  const data = dataOf(records);
  const rows = Int32Array.from(data.y.keys());
  const { tf } = await openBackend('wasm');
  const quick = { learners: ['logistic'], penalties: [10], adaptive: [0], folds: 3 };
  const { model } = await fitModel({
    pool: inlinePool(tf),
    data,
    matrix: matrixOf(data, rows),
    rows,
    options: parseOptions({
      ...quick,
      patternLearners: ['logistic'],
      patterns: ['free', 'free+verifiers'],
      minLabels: 20,
    }),
    random: random(1),
    progress: { add: () => {}, set: () => {}, done: () => {} },
  });
  expect(model.schema.numeric.every((name) => name.startsWith('stated'))).toBe(true);
  expect(model.patternPredictors.map(({ pattern }) => pattern)).toEqual([]);
});
