import { describe, expect, it } from 'vitest';
import { automaticOf, labelOf } from '../../../../data/label-of.js';
import type { AnswerRecord } from '../../../../data/record.js';
import { random } from '../../../../support/random.js';
import { gradedTwice } from '../../../../train/examine/suspect/graded-twice.js';
import { dataOf } from '../../../support/trained.js';

describe('both labels of an answer', () => {
  const labelled = (labels: AnswerRecord['labels']): AnswerRecord => ({ id: 'a', answer: 'b', labels });

  it('a person decides, the grader is remembered', () => {
    const record = labelled([
      { value: 0, source: 'auto:contains', weight: 3 },
      { value: 1, source: 'human' },
      { value: 1, source: 'judge' },
    ]);
    expect(labelOf(record)).toEqual({ value: 1, weight: 1, human: true });
    expect(automaticOf(record)).toBe(0.25);
  });

  it('NaN where none graded it', () => {
    expect(automaticOf(labelled([{ value: 1, source: 'human' }]))).toBeNaN();
    expect(automaticOf(labelled(null))).toBeNaN();
  });
});

/** 600 questions of two models; the grader calls a quarter of the right answers wrong; people check `checked` of the questions. */
function made(checked: (q: number, right: boolean) => boolean) {
  const draw = random('twice');
  const records: AnswerRecord[] = [];
  const truth: number[] = [];
  for (let i = 0; i < 1200; i++) {
    const right = draw.next() < (i % 2 === 0 ? 0.8 : 0.6);
    const auto = right && draw.next() >= 0.25 ? 1 : 0;
    const labels = [{ value: auto, source: 'auto' }];
    if (checked(i >> 1, auto === 1)) labels.push({ value: right ? 1 : 0, source: 'human' });
    records.push({
      id: `${i}`,
      group: `${i >> 1}`,
      model: i % 2 === 0 ? 'good' : 'poor',
      answer: 'x',
      prompt: 'y',
      labels,
    });
    truth.push(right ? 1 : 0);
  }
  return { data: dataOf(records), truth };
}

const mean = (values: ArrayLike<number>) => Array.from(values).reduce((sum, x) => sum + x, 0) / values.length;

describe('a small human-checked part beside automatic grades', () => {
  const { data, truth } = made((q) => q % 4 === 0);
  const certify = Int32Array.from({ length: 600 }, (_, i) => 600 + i);
  const said = Float64Array.from(certify, (row) => (row % 2 === 0 ? 0.8 : 0.6));
  const twice = gradedTwice(data, certify, said)!;

  it('counts how the grader errs', () => {
    expect(twice.agreement.n).toBe(300);
    expect(twice.agreement.falseRight).toBe(0);
    expect(twice.agreement.falseWrong / twice.agreement.right).toBeCloseTo(0.25, 1);
    expect(twice.isSelective).toBe(false);
  });

  it('accuracy of all and of each model: both graders hold the truth, the automatic one does not', () => {
    expect(twice.accuracy.map(({ name, checked, unchecked }) => [name, checked, unchecked])).toEqual([
      ['all answers', 300, 900],
      ['good', 150, 450],
      ['poor', 150, 450],
    ]);
    const right = [mean(truth), mean(truth.filter((_, i) => i % 2 === 0)), mean(truth.filter((_, i) => i % 2 === 1))];
    twice.accuracy.forEach(({ both, human, automatic }, k) => {
      expect(both.low!).toBeLessThan(right[k]);
      expect(both.high!).toBeGreaterThan(right[k]);
      expect(both.high! - both.low!).toBeLessThan(human.high! - human.low!);
      expect(automatic.high!).toBeLessThan(right[k]);
    });
  });

  it('calibration: probabilities that are true by people look overconfident to the grader', () => {
    const { both, automatic } = twice.gap!;
    expect(both.low!).toBeLessThan(0);
    expect(both.high!).toBeGreaterThan(0);
    expect(automatic.low!).toBeGreaterThan(0.1);
    expect(twice.bins.map(({ predicted }) => predicted)).toEqual([expect.closeTo(0.6, 9), expect.closeTo(0.8, 9)]);
    for (const { predicted, both: right } of twice.bins) {
      expect(right.low!).toBeLessThan(predicted);
      expect(right.high!).toBeGreaterThan(predicted);
    }
  });

  it('null where fewer than 20 questions are checked, where all are, and where none is', () => {
    const none = (checked: (q: number) => boolean) => gradedTwice(made(checked).data, certify, said);
    expect(none((q) => q < 19)).toBeNull();
    expect(none(() => true)).toBeNull();
    expect(none(() => false)).toBeNull();
  });

  it('says so where the checked answers are no random part of all', () => {
    const odd = gradedTwice(made((q, right) => q % 2 === 0 && !right).data, certify, said)!;
    expect(odd.isSelective).toBe(true);
    expect(odd.automaticChecked).toBe(0);
  });
});
