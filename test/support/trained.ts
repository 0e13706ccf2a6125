import type { AnswerRecord } from '../../data/record.js';
import { commonTopK } from '../../features/collect.js';
import { openBackend } from '../../train/backend/ladder.js';
import type { TrainContext } from '../../train/context.js';
import { inlinePool } from '../../train/learn/pool/pool.js';
import { parseOptions } from '../../train/options.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';
import { type Trained, train } from '../../train/train.js';

export function dataOf(records: AnswerRecord[]): TrainingData {
  const collector = new TrainingDataCollector(commonTopK(records), undefined, null, undefined, { embeddings: 'any' });
  for (const [i, record] of records.entries()) collector.add(record, 'made', i + 1);
  return collector.finish();
}

/** Small and quick: fewer members and epochs than the defaults, everything else as shipped. */
export const quick = { members: 2, folds: 3, resamples: 200, hidden: [16] };

/** Every learner, none for long: for tests of how learners are put together, whatever each has learned. */
export const brief = {
  ...quick,
  members: 1,
  resamples: 60,
  trees: { most: 30, patience: 10 },
  mlp: { learningRate: 2e-3, decay: 3e-2, batch: 64, epochs: 4, patience: 2, dropout: 0.2, averaging: 0.9 },
};

/** The least that goes through every step of a run: for tests of what surrounds a training, not of what it learns. */
export const light = {
  ...quick,
  resamples: 60,
  learners: ['logistic' as const],
  patternLearners: ['logistic' as const],
  patterns: ['free'],
  penalties: [10],
  adaptive: [0],
  sliceStrengths: [16],
  words: { length: 0, buckets: 1 },
};

export async function context(): Promise<TrainContext> {
  const { tf, name, said } = await openBackend('wasm');
  return {
    pool: inlinePool(tf),
    backend: { name, said },
    files: ['made'],
    read: 0,
    bad: 0,
    warnings: [],
    created: '2026-01-01T00:00:00Z',
    versions: { vouch: '0.0.0-test' },
  };
}

export async function trainOn(records: AnswerRecord[], options: Record<string, unknown> = {}): Promise<Trained> {
  return train(dataOf(records), parseOptions({ ...quick, ...options }), await context());
}
