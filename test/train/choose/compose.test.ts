import { describe, expect, it } from 'vitest';
import { sigmoid } from '../../../models/numbers.js';
import { SMALL } from '../../../report/small.js';
import { random } from '../../../support/random.js';
import { type CrossFitted, composed } from '../../../train/choose/compose.js';
import type { SingleLearner } from '../../../train/learn/learner.js';
import { isStaged } from '../../../train/learn/list.js';
import { learnerNames } from '../../../train/options.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** n answers to n questions; each kind's logits are `slope` of the truth and noise. */
function fittedOf(n: number, slopes: Partial<Record<SingleLearner, number>>) {
  const draw = random(`candidates ${n}`);
  const truth = Float64Array.from({ length: n }, () => 2 * draw.normal());
  const y = truth.map((z) => (draw.next() < sigmoid(z) ? 1 : 0));
  const group = Int32Array.from(y.keys());
  const data = { n, y, w: new Float64Array(n).fill(1), group } as unknown as TrainingData;
  const fitted = new Map<SingleLearner, CrossFitted>();
  for (const [kind, slope] of Object.entries(slopes) as [SingleLearner, number][]) {
    fitted.set(kind, { logits: truth.map((z) => slope * z + 0.5 * draw.normal()), stages: 3 });
  }
  return composed(
    data,
    group,
    group.map((i) => i % 5),
    learnerNames,
    fitted,
  );
}

const kindsOf = (n: number, slopes: Partial<Record<SingleLearner, number>>) =>
  fittedOf(n, slopes)
    .get('blend')
    ?.parts.map(({ kind }) => kind);

describe('composed', () => {
  const slopes = { rate: 0, signal: 1, logistic: 1, trees: 1 };

  it('blends the signal in on few questions, and never the base rate', () => {
    expect(kindsOf(SMALL - 1, slopes)).toEqual(['signal', 'logistic', 'trees']);
    expect(kindsOf(SMALL, slopes)).toEqual(['logistic', 'trees']);
    expect([...fittedOf(100, slopes).keys()]).toEqual(['rate', 'signal', 'logistic', 'trees', 'blend']);
  });

  it('has no blend of one kind, nor where no share is left', () => {
    expect(kindsOf(SMALL, { signal: 1, logistic: 1 })).toBeUndefined();
    expect(kindsOf(300, { logistic: -1, trees: -1 })).toBeUndefined();
  });
});

describe('isStaged', () => {
  it('holds for all that is fitted on its own in stages, and not for the blend', () => {
    expect(learnerNames.filter(isStaged)).toEqual(['trees', 'mlp', 'tabm']);
  });
});
