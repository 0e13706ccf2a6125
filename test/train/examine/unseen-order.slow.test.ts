import { expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { crossFolds, fitPredictor } from '../../../train/choose/fit-predictor.js';
import { whatIfUnseen } from '../../../train/examine/unseen.js';
import type { Job, Result } from '../../../train/learn/pool/jobs.js';
import { inlinePool, type Pool } from '../../../train/learn/pool/pool.js';
import { sheetOf } from '../../../train/learn/sheet.js';
import { parseOptions } from '../../../train/options.js';
import { matrixOf } from '../../../train/prepare/matrix.js';
import { madeAnswers } from '../../support/answers.js';
import { dataOf, light } from '../../support/trained.js';

it('the worth of signals is the same to the bit, whichever fold is fitted first', async () => {
  const data = dataOf(madeAnswers(200));
  const rows = Int32Array.from({ length: data.n }, (_, i) => i);
  const options = parseOptions({ ...light, folds: 5 });
  const sheet = sheetOf(data, matrixOf(data, rows));
  const fold = crossFolds(data, rows, options.folds, random(1));
  const inline = inlinePool((await openBackend('wasm')).tf);
  const progress = { add: () => {}, set: () => {}, done: () => {} };
  const fit = { data, sheet, rows, fold, options };
  const main = await fitPredictor({ ...fit, pool: inline, random: random(1), progress, isCrossed: false });

  /** Gives the results of the fits without single signals in the opposite order. */
  function reversed(): Pool {
    const held: (() => void)[] = [];
    return {
      ...inline,
      run: async <T extends Job>(of: Parameters<Pool['run']>[0], job: T): Promise<Result<T>> => {
        const result = await inline.run(of, job);
        if (job.kind !== 'linear' || job.families === undefined) return result;
        await new Promise<void>((release) => {
          if (held.push(release) === options.folds) for (const each of held.reverse()) each();
        });
        return result;
      },
    };
  }
  const first = await whatIfUnseen({ ...fit, pool: inline, main, random: random(2) });
  const last = await whatIfUnseen({ ...fit, pool: reversed(), main, random: random(2) });
  expect(first.dropped.size).toBeGreaterThan(10);
  expect([...last.dropped]).toEqual([...first.dropped]);
  expect(last.curve).toEqual(first.curve);
  expect(last.leftOut).toEqual(first.leftOut);
});
