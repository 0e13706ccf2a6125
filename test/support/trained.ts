import type { AnswerRecord } from '../../data/record.js';
import { commonTopK } from '../../features/collect.js';
import { openBackend } from '../../train/backend/ladder.js';
import type { TrainContext } from '../../train/context.js';
import { inlinePool } from '../../train/learn/pool/pool.js';
import { parseOptions } from '../../train/options.js';
import { type TrainingData, TrainingDataCollector } from '../../train/prepare/training-data.js';
import { type Trained, train } from '../../train/train.js';

export function dataOf(records: AnswerRecord[]): TrainingData {
  const collector = new TrainingDataCollector(commonTopK(records));
  for (const [i, record] of records.entries()) collector.add(record, 'made', i + 1);
  return collector.finish();
}

/** Small and quick: fewer members and epochs than the defaults, everything else as shipped. */
export const quick = { members: 2, folds: 3, resamples: 200, hidden: [16] };

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
