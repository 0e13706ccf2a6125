import { describe, expect, it } from 'vitest';
import type { AnswerRecord } from '../../../data/record.js';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { fitModel } from '../../../train/choose/fit-model.js';
import { inlinePool } from '../../../train/learn/pool/pool.js';
import { parseOptions } from '../../../train/options.js';
import { matrixOf } from '../../../train/prepare/matrix.js';
import { dataOf } from '../../support/trained.js';

describe('answers that are all alike, more of them than shift flags', () => {
  const draw = random('alike');
  /** One answer in fourteen is like all others of its kind, and unlike the rest. */
  const records = Array.from({ length: 420 }, (_, q): AnswerRecord => {
    const isAlike = q % 14 === 0;
    const x = isAlike ? 9 : draw.normal();
    return {
      id: `q${q}`,
      group: `q${q}`,
      answer: 'It is so.',
      features: { x, y: isAlike ? -9 : draw.normal() },
      labels: [{ value: draw.next() < 1 / (1 + Math.exp(-x)) ? 1 : 0, source: 'human' }],
    };
  });

  it('are decided together, by the shipped predictor and by that of each fold', async () => {
    const data = dataOf(records);
    const rows = Int32Array.from(data.y.keys());
    const { tf } = await openBackend('wasm');
    const progress = { add: () => {}, set: () => {}, done: () => {} };
    const options = parseOptions({ learners: ['logistic'], penalties: [10], adaptive: [0], patterns: [] });
    const { main } = await fitModel({
      pool: inlinePool(tf),
      data,
      matrix: matrixOf(data, rows),
      rows,
      options,
      random: random(1),
      progress,
      isCrossed: true,
    });
    const alike = rows.filter((row) => row % 14 === 0);
    const { said, recipes, folds, fold } = main.crossed!;
    const undecided = (p: Float64Array) => [...new Set(alike.map((row) => (Number.isNaN(p[row]) ? 1 : 0)))];
    expect(alike.length).toBe(30);
    expect(undecided(said.decided)).toEqual([0]);
    expect(undecided(main.decided)).toEqual([0]);
    for (const [at, k] of folds.entries()) {
      const inside = Array.from(rows).filter((row) => fold[row] !== k);
      const own = inside.flatMap((row, i) => (row % 14 === 0 ? [Number.isNaN(recipes[at].decided[i])] : []));
      expect([...new Set(own)]).toEqual([false]);
    }
    // what the shipped shift says of them, one value for all, is no more than its threshold
    const { shift } = main.predictor;
    expect(main.shiftThreshold).toBe(shift!.threshold);
  });
});
