import { describe, expect, it } from 'vitest';
import { random } from '../../../support/random.js';
import { openBackend } from '../../../train/backend/ladder.js';
import { batchesOf } from '../../../train/tuned/batches.js';
import { openTuning } from '../../../train/tuned/cross-fit.js';
import { openFrozen } from '../../../train/tuned/frozen.js';
import { fitTuned } from '../../../train/tuned/loop.js';
import { tunedSchema } from '../../../train/tuned/options.js';
import { tinyBert } from '../../models/bert/tiny-bert.js';

const { tf } = await openBackend('cpu');
const bert = tinyBert(2);

/** 40 answers to 20 questions; right if the answer (4 or 10) is the one that the question's first word (7 or 8) asks for. */
const pairs = Array.from({ length: 40 }, (_, i) => {
  const [asks, says] = [i % 4 < 2 ? 7 : 8, i % 2 === 0 ? 4 : 10];
  const filler = 5 + ((i >> 2) % 2);
  return { ids: [2, asks, filler, 3, says, 3], types: [0, 0, 0, 0, 1, 1] };
});
const y = Float64Array.from(pairs, (_, i) => (i % 4 < 2 === (i % 2 === 0) ? 1 : 0));
const w = new Float64Array(40).fill(1);
const groups = pairs.map((_, i) => `q${i >> 1}`);
const all = Int32Array.from(pairs.keys());
const none = new Int32Array(0);
const start = { weights: new Float32Array(16), bias: 0 };
const lossOf = (z: Float64Array) =>
  z.reduce((sum, each, i) => sum + Math.log1p(Math.exp(y[i] === 1 ? -each : each)), 0) / 40;

describe('fitTuned', () => {
  const frozen = openFrozen(tf, bert, { pairs, trained: 1 });
  const tuned = (options: object, more: object = {}) =>
    fitTuned({
      ...{ tf, bert, frozen, start, labels: { y, w }, rows: all, watch: none, predict: all, random: random(1) },
      options: tunedSchema.parse({ layers: 1, ...options }),
      ...more,
    });

  it('takes a first step of AdamW, as long as the learning rate, against the slope of the bias', async () => {
    const labels = { y: y.map((each, i) => (i < 10 ? 1 : each)), w }; // more right ones than wrong ones: the slope is below 0
    const { head, epochs } = await tuned({ epochs: 1, batch: 40, headRate: 0.01 }, { labels });
    expect(epochs).toBe(1);
    expect(head.bias).toBeCloseTo(0.01, 5);
  });

  it('learns what a linear function of the frozen vectors cannot tell', async () => {
    const { logits } = await tuned({ epochs: 60, batch: 8, learningRate: 0.01, headRate: 0.01 });
    expect(lossOf(logits)).toBeLessThan(0.1);
  });

  it('returns what it started from if no epoch lowers the loss of the watched rows, and ends after its patience', async () => {
    const flipped = y.map((each, i) => (i < 20 ? each : 1 - each));
    let steps = 0;
    const { epochs, head, layers } = await tuned(
      { epochs: 50, batch: 10, learningRate: 0.01, headRate: 0.01, patience: 2 },
      {
        ...{ labels: { y: flipped, w }, rows: all.slice(0, 20), watch: all.slice(20) },
        onRows: (_: number, work: number) => {
          if (work === 3) steps++;
        },
      },
    );
    expect(epochs).toBe(0);
    expect(steps).toBe(2 * 2);
    expect(head).toEqual(start);
    expect(layers).toEqual(bert.layers.slice(1));
  });

  it('leaves no tensor behind', async () => {
    await tuned({ epochs: 1 });
    const before = tf.memory().numTensors;
    await tuned({ epochs: 2, batch: 8 });
    expect(tf.memory().numTensors).toBe(before);
  });

  it('computes the same whether the outputs of the frozen layers are kept or not', async () => {
    const scarce = openFrozen(tf, bert, { pairs, trained: 1, most: 0 });
    const [kept, again] = [await tuned({ epochs: 2 }), await tuned({ epochs: 2 }, { frozen: scarce })];
    expect(again.logits).toEqual(kept.logits);
    scarce.dispose();
  });
});

describe('openTuning', () => {
  const run = async (labels: Float64Array, keep?: <T>(name: string, make: () => Promise<T>) => Promise<T>) => {
    const options = tunedSchema.parse({ layers: 1, folds: 4, epochs: 2, batch: 8, learningRate: 0.01 });
    const strata = groups.map(() => '');
    let told = 0;
    const more = { options, random: random(5), keep, onEstimate: (seconds: number) => (told = seconds) };
    const tuning = await openTuning(tf, bert, { pairs, labels: { y: labels, w }, groups, strata }, more);
    const found = await tuning.crossFit();
    tuning.close();
    expect(told).toBeGreaterThan(0);
    return found;
  };

  it('predicts each answer without its own label, nor another one of its question', async () => {
    const { logits, untuned, fold, epochs } = await run(y);
    for (const k of [0, 1, 2, 3]) expect(all.filter((row) => fold[row] === k).length).toBe(10);
    groups.forEach((group, row) => {
      expect(fold[row]).toBe(fold[groups.indexOf(group)]);
    });
    const other = await run(y.map((each, row) => (fold[row] === 1 ? 1 - each : each)));
    for (const row of all) {
      const same = fold[row] === 1;
      expect(other.logits[row] === logits[row]).toBe(same);
      expect(other.untuned[row] === untuned[row]).toBe(same);
    }
    expect(epochs).toHaveLength(4);
  });

  it('takes the folds that were kept, and makes only the others', async () => {
    const kept = new Map<string, unknown>();
    const made: string[] = [];
    const keep = async <T>(name: string, make: () => Promise<T>): Promise<T> => {
      if (!kept.has(name)) {
        made.push(name);
        kept.set(name, await make());
      }
      return kept.get(name) as T;
    };
    const first = await run(y, keep);
    expect(made).toEqual(['fold 0', 'fold 1', 'fold 2', 'fold 3']);
    kept.delete('fold 2');
    expect(await run(y, keep)).toEqual(first);
    expect(made.slice(4)).toEqual(['fold 2']);
  });
});

describe('batchesOf', () => {
  const lengthOf = (row: number) => (row * 7) % 13;

  it('sorts by length without a generator', () => {
    const batches = batchesOf(Int32Array.of(0, 1, 2, 3, 4), { lengthOf, size: 2 });
    expect(batches.map((batch) => [...batch])).toEqual([[0, 2], [4, 1], [3]]); // lengths 0 1, 2 7, 8
  });

  it('holds every row once with a generator', () => {
    const rows = Int32Array.from({ length: 101 }, (_, row) => row);
    const batches = batchesOf(rows, { lengthOf, size: 4, random: random(1) });
    expect(batches.flatMap((batch) => [...batch]).sort((a, b) => a - b)).toEqual([...rows]);
    expect(Math.max(...batches.map((batch) => batch.length))).toBe(4);
  });
});
