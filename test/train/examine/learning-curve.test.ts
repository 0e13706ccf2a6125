import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { learningCurve, powerLaw, SHARES } from '../../../train/examine/learning-curve.js';
import type { LinearJob } from '../../../train/learn/logistic/linear.js';
import type { Pool } from '../../../train/learn/pool/pool.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

describe('the power law of a learning curve', () => {
  const of = (a: number, b: number, c: number) =>
    [100, 200, 400, 1000].map((labels) => ({ labels, logLoss: a + b * labels ** -c, standardError: 0 }));

  it('is found again where the points lie on one', () => {
    const law = powerLaw(of(0.3, 2, 0.5))!;
    expect(law(1500)).toBeCloseTo(0.3 + 2 / Math.sqrt(1500), 6);
  });

  it('is none where the loss does not fall', () => {
    expect(powerLaw(of(0.3, -0.2, 0.5))).toBeNull();
  });
});

describe('a learning curve', () => {
  const n = 20;
  const rows = Int32Array.from({ length: n }, (_, i) => i);
  const data = {
    y: Float64Array.from(rows, (i) => i % 2),
    w: new Float64Array(n).fill(1),
    group: rows,
    groupCount: n,
  } as Partial<TrainingData> as TrainingData;
  const fold = Int32Array.from(rows, (i) => (i < n / 2 ? 0 : 1));

  /** The curve of a learner that always says one half, and the number of its fits. */
  async function curve(whole?: Float64Array) {
    let fits = 0;
    const pool = {
      run: async (_: unknown, { heldOut, path }: LinearJob) => {
        fits++;
        return { logits: path.map(() => new Float64Array(heldOut.length)) };
      },
    } as unknown as Pool;
    const path = [{ penalty: 1, adaptive: 0 }];
    const sheet = {} as never;
    const { points } = await learningCurve({ pool, data, sheet, rows, fold, path, random: random('c'), whole });
    return { points, fits };
  }

  it('fits each share without each fold', async () => {
    const { points, fits } = await curve();
    expect(fits).toBe(2 * SHARES.length);
    expect(points.map(({ labels }) => labels)).toEqual([1, 2, 4, 7, 10]);
    expect(points[4].logLoss).toBeCloseTo(Math.LN2, 15);
  });

  it('takes the point of all labels from logits that are known, and fits nothing for it', async () => {
    const sure = Float64Array.from(rows, (i) => (i % 2 === 1 ? 1 : -1));
    const { points, fits } = await curve(sure);
    expect(fits).toBe(2 * (SHARES.length - 1));
    expect(points[4]).toEqual({
      labels: 10,
      logLoss: expect.closeTo(Math.log(1 + Math.exp(-1)), 14),
      standardError: expect.closeTo(0, 12),
    });
    expect(points[3].logLoss).toBeCloseTo(Math.LN2, 15);
  });
});
