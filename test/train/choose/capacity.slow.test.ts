import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { capacityFor } from '../../../train/choose/capacity.js';
import { crossFolds, fitPredictor } from '../../../train/choose/fit-predictor.js';
import type { Job, Result } from '../../../train/learn/pool/jobs.js';
import { inlinePool, type Pool } from '../../../train/learn/pool/pool.js';
import { sheetOf } from '../../../train/learn/sheet.js';
import { type BoostOptions, parseOptions } from '../../../train/options.js';
import { matrixOf } from '../../../train/prepare/matrix.js';
import { madeAnswers } from '../../support/answers.js';
import { dataOf, light } from '../../support/trained.js';

const options = parseOptions({});

describe('fitPredictor', () => {
  const data = dataOf(madeAnswers(2_505));

  /** The options of every fit of trees for a predictor on the first rows. The fits themselves are cut short. */
  async function boostsOf(count: number): Promise<BoostOptions[]> {
    const rows = Int32Array.from({ length: count }, (_, i) => i);
    const asked: BoostOptions[] = [];
    const inline = inlinePool((await openBackend('wasm')).tf);
    const pool: Pool = {
      ...inline,
      run: <T extends Job>(sheet: Parameters<Pool['run']>[0], job: T): Promise<Result<T>> => {
        if (job.kind !== 'trees') return inline.run(sheet, job);
        asked.push(job.boost);
        return inline.run(sheet, { ...job, boost: { ...job.boost, most: 5 } });
      },
    };
    const options = parseOptions({ ...light, learners: ['logistic', 'trees'], treeMembers: 1 });
    await fitPredictor({
      pool,
      data,
      sheet: sheetOf(data, matrixOf(data, rows)),
      rows,
      fold: crossFolds(data, rows, options.folds, random(1)),
      options,
      random: random(1),
      progress: { add: () => {}, set: () => {}, done: () => {} },
      isCrossed: false,
    });
    return asked;
  }

  it('gives folds the capacity for all rows, and none to a small set', async () => {
    const [small, large] = [await boostsOf(5_000), await boostsOf(5_010)];
    expect(small.slice(0, light.folds)).toEqual(Array(light.folds).fill(options.trees));
    const { trees } = capacityFor(options, 5_010);
    expect(large.slice(0, light.folds)).toEqual(Array(light.folds).fill(trees));
    expect(trees.mostRows).toBe(64_000);
  });
});
