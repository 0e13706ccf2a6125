import { foldsByGroup } from '../../../data/split.js';
import type { HashShape } from '../../../features/hashed-words.js';
import { logit, logLossOfLogit, sigmoid } from '../../../models/numbers.js';
import { bagScales, channelLogits, type WordChannel } from '../../../models/words/channel.js';
import { random } from '../../../support/random.js';
import type { Sheet } from '../sheet.js';
import { minimise } from './minimise.js';

/** Fits the text channel on `rows`; `groups` has the question of each of `rows`. */
export interface WordsJob {
  kind: 'words';
  rows: Int32Array;
  groups: string[];
  strata: string[];
  shape: HashShape;
  penalties: number[];
  folds: number;
  seed: string;
}

export interface WordsFit {
  channel: WordChannel;
  penalty: number;
  /**
   * The channel's logit for every row of the sheet. The logits of `rows` come from channels that did not see the row's
   * question.
   */
  column: Float32Array;
}

/**
 * Cross-fits the text channel, so that later fits read the same kind of logits for the rows they fit as for new rows
 * (stacking, Wolpert 1992). `folds` channels by question give the logits of `rows`; one channel that is fitted on all
 * of them gives the rest. The ridge penalty is the one with the least out-of-fold log-loss.
 */
export function fitWords(sheet: Sheet, job: WordsJob): WordsFit {
  const { rows, shape, penalties, folds } = job;
  const words = sheet.words as Int32Array;
  const scales = bagScales(words, shape);
  const bags = (own: Int32Array): Bags => ({ rows: own, words, scales, y: sheet.y, w: sheet.w });
  const fold = foldsByGroup(job.groups, folds, random(job.seed), job.strata);
  const tables = Array.from({ length: folds }, (_, k) => bags(rows.filter((_, i) => fold[i] !== k)));
  const solutions: (Float64Array | undefined)[] = new Array(folds).fill(undefined);
  let best: { loss: number; penalty: number; logits: Float32Array } | null = null;
  for (const penalty of penalties) {
    const logits = new Float32Array(rows.length);
    let loss = 0;
    for (let k = 0; k < folds; k++) {
      const channel = solve(tables[k], job, penalty, solutions[k]);
      solutions[k] = channel.solution;
      const at = Int32Array.from(fold.keys()).filter((i) => fold[i] === k);
      const z = channelLogits(
        channel.channel,
        wordsOf(
          words,
          shape,
          at.map((i) => rows[i]),
        ),
      );
      at.forEach((i, j) => {
        logits[i] = z[j];
        loss += sheet.w[rows[i]] * logLossOfLogit(z[j], sheet.y[rows[i]]);
      });
    }
    if (best === null || loss < best.loss) best = { loss, penalty, logits };
    else break;
  }
  const { penalty, logits } = best!;
  const { channel } = solve(bags(rows), job, penalty);
  const column = channelLogits(channel, words);
  rows.forEach((row, i) => {
    column[row] = logits[i];
  });
  return { channel, penalty, column };
}

/** Some rows of the sheet as sparse bags. Nothing is copied. */
interface Bags extends Pick<Sheet, 'y' | 'w'> {
  rows: Int32Array;
  words: Int32Array;
  scales: Float32Array;
}

function wordsOf(words: Int32Array, { length }: HashShape, rows: Int32Array): Int32Array {
  const out = new Int32Array(rows.length * length);
  rows.forEach((row, i) => {
    out.set(words.subarray(row * length, (row + 1) * length), i * length);
  });
  return out;
}

/** Ridge logistic regression on bags by L-BFGS; entry 0 of the solution is the bias. */
function solve(bags: Bags, { shape }: WordsJob, penalty: number, start?: Float64Array) {
  const { length, buckets } = shape;
  const size = 2 * buckets;
  const { rows, words, scales, y, w } = bags;
  const from = start ?? new Float64Array(size + 1);
  if (start === undefined) from[0] = logit(rateOf(rows, y, w));
  const value = (at: Float64Array, gradient: Float64Array): number => {
    gradient.fill(0);
    let loss = 0;
    for (const i of rows) {
      let z = at[0];
      for (let s = i * length; s < (i + 1) * length; s++) {
        const id = words[s];
        if (id > 0) z += at[id] * scales[2 * i + (id > buckets ? 1 : 0)];
      }
      loss += w[i] * logLossOfLogit(z, y[i]);
      const slope = w[i] * (sigmoid(z) - y[i]);
      gradient[0] += slope;
      for (let s = i * length; s < (i + 1) * length; s++) {
        const id = words[s];
        if (id > 0) gradient[id] += slope * scales[2 * i + (id > buckets ? 1 : 0)];
      }
    }
    for (let id = 1; id <= size; id++) {
      loss += (penalty / 2) * at[id] * at[id];
      gradient[id] += penalty * at[id];
    }
    return loss;
  };
  const solution = minimise(value, from, { steps: 60, tolerance: 1e-5 });
  const weights = new Float32Array(size + 1);
  for (let id = 1; id <= size; id++) weights[id] = solution[id];
  const channel: WordChannel = { ...shape, weights, bias: solution[0] };
  return { channel, solution };
}

/** Weighted share of right answers in some rows. */
function rateOf(rows: Int32Array, y: Float64Array, w: Float64Array): number {
  let right = 0;
  let weight = 0;
  for (const row of rows) {
    right += w[row] * y[row];
    weight += w[row];
  }
  return right / weight;
}
