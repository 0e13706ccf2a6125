import { describe, expect, it } from 'vitest';
import { auroc } from '../../../../metrics/ranking/auroc.js';
import { embeddingLogits } from '../../../../models/embeddings/channel.js';
import { logLossOfLogit } from '../../../../models/numbers.js';
import { random } from '../../../../support/random.js';
import { type EmbeddingsJob, fitEmbeddings } from '../../../../train/learn/embeddings/embeddings.js';
import type { Sheet } from '../../../../train/learn/sheet.js';
import { embeddingsSchema } from '../../../../train/options.js';
import { tf } from '../../../support/tf-cpu.js';

const SIZE = 12;

/** n answers to n / 2 questions, with a vector `a` each and a vector `b` for two in three. */
function sheetOf(n: number, labelOf: (x: number[], draw: ReturnType<typeof random>) => number): Sheet {
  const draw = random('vectors');
  const a = new Float32Array(n * SIZE);
  const b = new Float32Array(n * 2).fill(Number.NaN);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const x = Array.from({ length: SIZE }, () => draw.normal());
    a.set(
      x.map((value) => 5 + 0.1 * value),
      i * SIZE,
    );
    if (i % 3 > 0) b.set([draw.normal(), 7], 2 * i);
    y[i] = labelOf(x, draw);
  }
  const shapes = [
    { name: 'a', size: SIZE },
    { name: 'b', size: 2 },
  ];
  return {
    n,
    schema: { topK: 0, numeric: [], categorical: [] },
    numeric: new Float32Array(),
    categories: new Int32Array(),
    y,
    w: new Float64Array(n).fill(1),
    group: Int32Array.from({ length: n }, (_, i) => i >> 1),
    words: null,
    vectors: { shapes, values: [a, b] },
  };
}

function jobOf(fitted: number, widths: number[]): EmbeddingsJob {
  const rows = Int32Array.from({ length: fitted }, (_, i) => i);
  const options = embeddingsSchema.parse({ widths, epochs: 12 });
  const groups = Array.from(rows, (i) => String(i >> 1));
  return { kind: 'embeddings', rows, groups, strata: groups.map(() => ''), options, folds: 3, seed: 's' };
}

function lossOf(sheet: Sheet, column: Float32Array, from: number, to: number): number {
  let sum = 0;
  for (let i = from; i < to; i++) sum += logLossOfLogit(column[i], sheet.y[i]);
  return sum / (to - from);
}

describe('fitting the embedding channel', () => {
  it('finds a direction by logistic regression; rows that it was fitted on have logits of other folds', async () => {
    const sheet = sheetOf(1500, (x, draw) => (draw.next() < 1 / (1 + Math.exp(-2 * (x[0] - x[1]))) ? 1 : 0));
    const { channel, column, width } = await fitEmbeddings(tf, sheet, jobOf(1000, []));
    expect(width).toBe(0);
    expect([channel.width, channel.weights.length]).toEqual([0, 0]);
    const seen = lossOf(sheet, column, 0, 1000);
    const unseen = lossOf(sheet, column, 1000, 1500);
    expect(unseen).toBeLessThan(0.45); // the entropy of the labels is .39, that of the base rate .69
    expect(Math.abs(seen - unseen)).toBeLessThan(0.06);
    expect(auroc(Float64Array.from(column.subarray(1000)), sheet.y.slice(1000), sheet.w.slice(1000))).toBeGreaterThan(
      0.8,
    );
    // in standardised numbers the weights are 2 and -2, a little smaller because of the penalty
    expect(channel.linear[0]).toBeGreaterThan(1.2);
    expect(channel.linear[1]).toBeLessThan(-1.2);
    expect(channel.slope[SIZE + 1]).toBe(0); // a constant number
    expect(embeddingLogits(channel, sheet.vectors!.values as Float32Array[]).subarray(1000)).toEqual(
      column.subarray(1000),
    );
  });

  it('takes a projection where only a product tells right from wrong', async () => {
    const sheet = sheetOf(2000, (x) => (x[0] * x[1] > 0 ? 1 : 0));
    const { width, epochs, column } = await fitEmbeddings(tf, sheet, {
      ...jobOf(1400, [8]),
      options: embeddingsSchema.parse({
        widths: [8],
        epochs: 30,
        patience: 10,
        learningRate: 0.02,
        batch: 64,
        decay: 0,
      }),
    });
    expect(width).toBe(8);
    expect(epochs).toBeGreaterThan(0);
    expect(auroc(Float64Array.from(column.subarray(1400)), sheet.y.slice(1400), sheet.w.slice(1400))).toBeGreaterThan(
      0.75,
    );
  });

  it('says nearly the same of all answers where the vectors are noise', async () => {
    const sheet = sheetOf(1200, (_, draw) => (draw.next() < 0.7 ? 1 : 0));
    const { column, width } = await fitEmbeddings(tf, sheet, jobOf(1200, [8]));
    expect(width).toBe(0);
    expect(lossOf(sheet, column, 0, 1200)).toBeLessThan(0.6109 + 0.01); // entropy of .7
  });

  it('is the same for the same seed', async () => {
    const sheet = sheetOf(300, (x) => (x[0] > 0 ? 1 : 0));
    expect(await fitEmbeddings(tf, sheet, jobOf(200, [8]))).toEqual(await fitEmbeddings(tf, sheet, jobOf(200, [8])));
  });
});
