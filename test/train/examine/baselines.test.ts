import { describe, expect, it } from 'vitest';
import { fitAffine } from '../../../models/calibrators/affine.js';
import { fitEncoder } from '../../../models/fit-encoder.js';
import { sigmoid } from '../../../models/numbers.js';
import { random } from '../../../support/random.js';
import { CROSS_ROWS, fitBaselines } from '../../../train/examine/baselines.js';
import type { TrainingData } from '../../../train/prepare/training-data.js';

/** Answers of two signals, five to a question, two slices; the second signal tells, the first does not. */
function drawn(n: number) {
  const draw = random('baselines');
  const numeric = Float32Array.from({ length: 2 * n }, () => draw.normal());
  const y = Float64Array.from({ length: n }, (_, i) => (draw.next() < sigmoid(1.5 * numeric[2 * i + 1]) ? 1 : 0));
  const group = Int32Array.from(y, (_, i) => Math.floor(i / 5));
  const data = { n, y, w: new Float64Array(n).fill(1), group, slice: group.map((g) => g % 2) };
  const schema = { topK: 0, numeric: ['idle@1', 'telling@1'], categorical: [] };
  const rows = Int32Array.from(y.keys());
  return {
    data: data as unknown as TrainingData,
    matrix: { schema, numeric, categories: new Int32Array(0) },
    rows,
    fold: group.map((g) => g % 5),
  };
}

describe.each([
  ['all rows', 2000],
  ['a sample of the questions', CROSS_ROWS + 3000],
])('baselines chosen on %s', (_, n) => {
  const { data, matrix, rows, fold } = drawn(n);
  const [rate, single, perSlice] = fitBaselines(data, matrix, rows, fold);

  it('name the signal that tells', () => {
    expect([rate, single, perSlice].map(({ says }) => says)).toEqual([
      'the share of right answers in the fit part',
      'Platt on telling',
      'Platt per (model, task) on telling',
    ]);
  });

  it('are fitted on all rows', () => {
    const right = data.y.reduce((sum, y) => sum + y, 0);
    expect(rate.predict(Int32Array.of(0))[0]).toBeCloseTo((right + 0.5) / (n + 1), 12);
    const { centre, scale } = fitEncoder(matrix.numeric, matrix.categories, rows, matrix.schema);
    const x = Float64Array.from(rows, (row) =>
      Math.fround(3 * Math.tanh(((matrix.numeric[2 * row + 1] - centre[1]) * scale[1]) / 3)),
    );
    const [a, b] = fitAffine(x, data.y, data.w, true);
    const at = Int32Array.of(0, 7, n - 1);
    expect([...single.predict(at)]).toEqual([...at].map((row) => sigmoid(a * x[row] + b)));
  });
});
