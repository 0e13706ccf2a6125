import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { fitModel } from '../../../train/choose/fit-model.js';
import { crossFolds } from '../../../train/choose/fit-predictor.js';
import { inlinePool } from '../../../train/learn/pool/pool.js';
import { parseOptions } from '../../../train/options.js';
import { matrixOf } from '../../../train/prepare/matrix.js';
import { madeAnswers } from '../../support/answers.js';
import { dataOf, quick } from '../../support/trained.js';

describe('patterns of fewer signals', () => {
  const data = dataOf(madeAnswers(300));
  const rows = Int32Array.from(data.y.keys());
  const options = parseOptions({ ...quick, minLabels: 50, patternRows: 100 });

  it('have a predictor of their own where the answers hold more, and too few hold just that', async () => {
    const { tf } = await openBackend('wasm');
    const progress = { add: () => {}, set: () => {}, done: () => {} };
    const { fittedPatterns, main, model, fold } = await fitModel({
      pool: inlinePool(tf),
      data,
      matrix: matrixOf(data, rows),
      rows,
      options,
      random: random(1),
      progress,
    });
    // a tenth lack tokens, too few to learn from; a stated confidence that is always .9 is no signal
    expect(data.pattern.filter((pattern) => pattern === 'free').length).toBeLessThan(100);
    expect(fittedPatterns.map(({ pattern }) => pattern)).toEqual(['free']);
    for (const { pattern, rows: own, fitted } of fittedPatterns) {
      expect(fitted.predictor.signals.some((name) => name.startsWith('tokens.'))).toBe(false);
      expect(
        own.every((row) => pattern.split('+').every((group) => data.pattern[row].split('+').includes(group))),
      ).toBe(true);
    }
    expect(main.predictor.signals).toEqual(model.schema.numeric);
    expect(fold).toEqual(crossFolds(data, rows, options.folds, random(1).fork('folds')));
  });
});
