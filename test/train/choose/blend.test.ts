import { describe, expect, it } from 'vitest';
import { logLossOfLogit, sigmoid } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';
import { blendOf } from '../../../train/choose/blend.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** n answers: a logit that is the truth, one that knows half of it, and one of noise. */
function drawn(n: number) {
  const draw = random(`blend ${n}`);
  const true_ = Float64Array.from({ length: n }, () => 1.5 * draw.normal());
  const half = true_.map((z) => z / 2 + draw.normal());
  const noise = Float64Array.from({ length: n }, () => 1.5 * draw.normal());
  const y = true_.map((z) => (draw.next() < sigmoid(z) ? 1 : 0));
  const data = { y, w: new Float64Array(n).fill(1) } as unknown as TrainingData;
  return {
    data,
    rows: Int32Array.from(y.keys()),
    fold: Int32Array.from(y.keys()).map((i) => i % 5),
    true_,
    half,
    noise,
  };
}

describe('a blend', () => {
  it('leaves out what does not help and keeps what does, on many answers', () => {
    const { data, rows, fold, true_, noise } = drawn(4000);
    const { shares, logits } = blendOf(data, rows, fold, [true_, noise]);
    expect(shares[0]).toBeGreaterThan(0.85);
    expect(shares[1]).toBeLessThan(0.1);
    const loss = (z: Float64Array) => z.reduce((sum, each, i) => sum + logLossOfLogit(each, data.y[i]), 0);
    expect(loss(logits)).toBeLessThan(loss(true_.map((z, i) => (z + noise[i]) / 2)));
  });

  it('is close to the mean on few', () => {
    const { data, rows, fold, true_, half } = drawn(60);
    const { shares } = blendOf(data, rows, fold, [true_, half]);
    for (const share of shares) expect(Math.abs(share - 0.5)).toBeLessThan(0.2);
  });

  it('gives a row logits from shares that its fold had no say in', () => {
    const { data, rows, fold, true_, half } = drawn(200);
    const { logits } = blendOf(data, rows, fold, [true_, half]);
    const y = data.y.map((label, i) => (fold[i] === 0 ? 1 - label : label));
    const turned = blendOf({ ...data, y }, rows, fold, [true_, half]).logits;
    for (let i = 0; i < 200; i++) {
      if (fold[i] === 0) expect(turned[i]).toBe(logits[i]);
      else expect(turned[i]).not.toBe(logits[i]);
    }
  });
});
