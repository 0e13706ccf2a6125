import { expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { choiceMetrics } from '../../../train/examine/choice-metrics.js';
import { TrainingDataCollector } from '../../../train/prepare/training-data.js';

/** Two-option answers; the model gives A .8 and is right half of the time. Every third has no choices. */
function collected(n: number) {
  const collector = new TrainingDataCollector(0);
  for (let k = 0; k < n; k++) {
    const choices = k % 3 === 0 ? null : { A: 0.8, B: 0.2 };
    const label = k % 2;
    collector.add(
      { id: `${k}`, prompt: `q${k}`, answer: 'A', choices, reference: [label ? 'A' : 'B'], labels: [{ value: label }] },
      'f',
      k,
    );
  }
  return collector.finish();
}

it('Full-ECE of the rows asked for, over answers that recorded options', () => {
  const data = collected(60);
  const rows = Int32Array.from({ length: 30 }, (_, k) => k);
  const found = choiceMetrics(data, rows, 200, random(1))!;
  expect([found.answers, found.options]).toEqual([20, 40]);
  // A: said .8, came true .5; B: said .2, came true .5.
  expect(found.fullEce.value).toBeCloseTo(0.6, 12);
  expect(found.fullEce.low!).toBeLessThan(0.6);
  expect(found.fullEce.high!).toBeGreaterThan(0.6);
});

it('null where no options are recorded, in the data or among the rows', () => {
  expect(choiceMetrics({ ...collected(9), choices: undefined }, Int32Array.of(0, 1), 10, random(1))).toBeNull();
  expect(choiceMetrics(collected(9), Int32Array.of(0, 3), 10, random(1))).toBeNull();
});
