import { describe, expect, it } from 'vitest';
import { logLossOfLogit } from '../../../../models/numbers.js';
import { random } from '../../../../support/random.js';
import type { Sheet } from '../../../../train/learn/sheet.js';
import { fitWords, type WordsJob } from '../../../../train/learn/text/words.js';

/** Answers whose word decides with chance .9; a second word of their own, seen in no other question. */
function sheet(n: number): Sheet {
  const draw = random('words');
  const words = new Int32Array(3 * n);
  const y = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const word = draw.int(4);
    words.set([1 + word, 51 + (i % 49), 0], 3 * i);
    y[i] = draw.next() < (word < 2 ? 0.9 : 0.1) ? 1 : 0;
  }
  return {
    n,
    schema: { topK: 0, numeric: [], categorical: [] },
    numeric: new Float32Array(),
    categories: new Int32Array(),
    y,
    w: new Float64Array(n).fill(1),
    group: Int32Array.from({ length: n }, (_, i) => i),
    words,
    vectors: null,
  };
}

describe('fitting the text channel', () => {
  const n = 2000;
  const data = sheet(n);
  const rows = Int32Array.from({ length: 1500 }, (_, i) => i);
  const task: WordsJob = {
    kind: 'words',
    rows,
    groups: Array.from(rows, String),
    strata: Array.from(rows, () => ''),
    shape: { length: 3, buckets: 50 },
    penalties: [10, 1, 0.1],
    folds: 5,
    seed: 's',
  };
  const { column, channel } = fitWords(data, task);
  const loss = (from: number, to: number) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += logLossOfLogit(column[i], data.y[i]);
    return sum / (to - from);
  };

  it('nears the entropy of the labels, .325 nats, on rows it never saw', () => {
    expect(loss(1500, n)).toBeLessThan(0.36);
  });

  it('is no better on the rows it was fitted on: their logits come from the other folds', () => {
    expect(loss(0, 1500)).toBeGreaterThan(loss(1500, n) - 0.04);
    expect(loss(0, 1500)).toBeLessThan(0.38);
  });

  it('gives the deciding words most of the weight', () => {
    expect(Math.min(channel.weights[1], channel.weights[2])).toBeGreaterThan(1);
    expect(Math.max(channel.weights[3], channel.weights[4])).toBeLessThan(-1);
  });
});
