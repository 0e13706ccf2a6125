import { describe, expect, it } from 'vitest';
import type { VectorRows } from '../../../../features/vectors/vector-rows.js';
import { VectorStore } from '../../../../features/vectors/vector-store.js';
import { auroc } from '../../../../metrics/ranking/auroc.js';
import { embeddingLogits } from '../../../../models/embeddings/channel.js';
import { random } from '../../../../support/random.js';
import { type EmbeddingsJob, fitEmbeddings } from '../../../../train/learn/embeddings/embeddings.js';
import { triesProbe } from '../../../../train/learn/embeddings/probe.js';
import { fitStandardiser, unitRows } from '../../../../train/learn/embeddings/standardiser.js';
import type { Sheet } from '../../../../train/learn/sheet.js';
import { embeddingsSchema } from '../../../../train/options.js';
import { tf } from '../../../support/tf-cpu.js';

const SIZE = 4;
const FIT = 600;
const ALL = 800;
const shapes = [{ name: 'hidden', size: SIZE }];
const draw = random('probe');
const kept = Float32Array.from({ length: ALL * SIZE }, () => draw.normal());
/** The same vectors in a file. */
const stored = (() => {
  const store = new VectorStore(SIZE, 0);
  for (let i = 0; i < ALL; i++) store.chunkOf(i).set(kept.subarray(i * SIZE, (i + 1) * SIZE), store.placeOf(i));
  return store.take(ALL);
})();

function sheetOf(values: VectorRows, labelOf: (x: Float32Array) => number): Sheet {
  return {
    n: ALL,
    schema: { topK: 0, numeric: [], categorical: [] },
    numeric: new Float32Array(),
    categories: new Int32Array(),
    y: Float64Array.from({ length: ALL }, (_, i) => labelOf(kept.subarray(i * SIZE, (i + 1) * SIZE))),
    w: new Float64Array(ALL).fill(1),
    group: Int32Array.from({ length: ALL }, (_, i) => i >> 1),
    words: null,
    vectors: { shapes, values: [values] },
  };
}

function jobOf(epochs: number): EmbeddingsJob {
  const rows = Int32Array.from({ length: FIT }, (_, i) => i);
  const probe = { tried: 'always', widths: [16, 8], learningRate: 0.02, decay: 0, batch: 64, patience: 8, epochs };
  const options = embeddingsSchema.parse({ widths: [], probe: { ...probe, dropout: 0.05 } });
  const groups = Array.from(rows, (i) => String(i >> 1));
  return { kind: 'embeddings', rows, groups, strata: groups.map(() => ''), options, folds: 2, seed: 's' };
}

describe('the probe', () => {
  it('is chosen where only a product tells right from wrong', async () => {
    const sheet = sheetOf(kept, (x) => (x[0] * x[1] > 0 ? 1 : 0));
    const { channel, probe, width, epochs, column } = await fitEmbeddings(tf, sheet, jobOf(25));
    expect([probe, width]).toEqual([[16, 8], 0]);
    expect(epochs).toBeGreaterThan(0);
    expect(channel.probe!.layers.map(({ weights }) => weights.length)).toEqual([(SIZE + 1) * 16, 16 * 8]);
    const unseen = Float64Array.from(column.subarray(FIT));
    expect(auroc(unseen, sheet.y.slice(FIT), sheet.w.slice(FIT))).toBeGreaterThan(0.85);
    expect(embeddingLogits(channel, [kept]).subarray(FIT)).toEqual(column.subarray(FIT));
  });

  it('is not chosen where labels are noise', async () => {
    const noise = random('noise');
    const sheet = sheetOf(kept, () => (noise.next() < 0.5 ? 1 : 0));
    const { channel, probe, epochs } = await fitEmbeddings(tf, sheet, jobOf(4));
    expect([channel.probe, probe, epochs]).toEqual([null, [], 0]);
  });

  it('reads its rows from a file with the same result', async () => {
    const of = (values: VectorRows) =>
      fitEmbeddings(
        tf,
        sheetOf(values, (x) => (x[0] * x[1] > 0 ? 1 : 0)),
        jobOf(3),
      );
    expect(stored).not.toBeInstanceOf(Float32Array);
    expect(await of(stored)).toEqual(await of(kept));
  });

  it('is tried for long vectors of many answers, or as the option says', () => {
    const tried = (rows: number, size: number, name = 'h') => triesProbe({ tried: 'auto' }, rows, [{ name, size }]);
    expect([tried(1000, 512), tried(999, 4096), tried(70_000, 385)]).toEqual([true, false, false]);
    expect(tried(70_000, 768, 'minilm.answer')).toBe(false);
    expect(triesProbe({ tried: 'always' }, 60, [])).toBe(true);
    expect(triesProbe({ tried: 'never' }, 1e5, [{ name: 'h', size: 4096 }])).toBe(false);
  });
});

it('unit rows that are too many for memory are made when they are read', () => {
  const vectors = { shapes, values: [stored] };
  const rows = Int32Array.of(5, 2, 700);
  const standardiser = fitStandardiser(
    vectors,
    Int32Array.from({ length: ALL }, (_, i) => i),
  );
  const [inMemory, read] = [unitRows(standardiser, vectors, rows), unitRows(standardiser, vectors, rows, 0)];
  for (const row of rows) expect([...read.row(row)]).toEqual([...inMemory.row(row)]);
  // standardised numbers over √4, and no missing vector
  const [z] = inMemory.row(5);
  expect(z).toBeCloseTo((kept[5 * SIZE] - standardiser.centre[0]) * standardiser.slope[0] * 0.5, 6);
  expect(inMemory.row(5)[SIZE]).toBe(0);
});
