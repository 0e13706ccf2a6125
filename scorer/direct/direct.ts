import { readChannel } from '../../models/embeddings/read.js';
import { layoutIn } from '../../models/layout.js';
import { readModel } from '../../models/onnx/read.js';
import { predictorNumber } from '../../models/pattern-table.js';
import { kernelMemory } from '../../support/wasm/kernel.js';
import { scoringKernel } from './kernel.js';
import { planOf } from './plan.js';
import { type Outcome, runnerOf } from './runner.js';
import { Space } from './space.js';
import { planVectors, vectorRunner } from './vectors.js';

export type { Outcome } from './runner.js';

/**
 * Scores one row without an ONNX runtime: the same constants and the same arithmetic as the graph, equal to about 1e-6
 * on the logit.
 */
export interface Direct {
  /**
   * Input of the row: features float32 [d], NaN = missing; words int32 [length], 0 = none; the vector of each embedding,
   * float32 [size], NaN = missing.
   */
  features: Float32Array;
  words: Int32Array;
  embeddings: Float32Array[];
  /** The outputs that the graph would give for the row. `categories` int32 [c], 0 = unseen. */
  score(categories: Int32Array): Outcome;
}

/**
 * Prepares the direct way from a model's bytes. It is faster because only the predictor of the row is run, and because
 * a call to onnxruntime costs more than this arithmetic. Null if the model has no layout (vouch did not write it).
 */
export function directOf(model: Uint8Array, d: number): Direct | null {
  const read = readModel(model);
  const layout = layoutIn(read);
  if (layout === null) return null;
  const { predictors, routes: patternTable, words: channel, embeddings } = layout;
  const space = new Space();
  const row = { features: space.room(d), text: space.room(1), embeddings: space.room(1) };
  const planned = embeddings === null ? null : planVectors(readChannel(embeddings, read), space);
  const plans = predictors.map((predictor) => planOf(predictor, read, row, space));
  const memory = kernelMemory(4 * space.size);
  space.fill(memory.buffer);
  const kernel = scoringKernel(memory);
  const all = new Float32Array(memory.buffer);
  const runners = predictors.map((predictor, k) => runnerOf(predictor, plans[k], kernel, all));
  const vectors = planned === null ? null : vectorRunner(planned, kernel, all);
  const features = all.subarray(row.features, row.features + d);
  const words = new Int32Array(channel?.length ?? 0);
  const weights = channel === null ? new Float32Array() : read.floats.get(channel.weights)!;
  const buckets = channel?.buckets ?? 0;

  const textLogit = (): number => {
    let [question, answer, questions, answers] = [0, 0, 0, 0];
    for (let s = 0; s < words.length; s++) {
      const id = words[s];
      if (id > buckets) {
        answer += weights[id];
        answers++;
      } else if (id > 0) {
        question += weights[id];
        questions++;
      }
    }
    return channel!.bias + question / Math.sqrt(Math.max(questions, 1)) + answer / Math.sqrt(Math.max(answers, 1));
  };
  return {
    features,
    words,
    embeddings: vectors?.inputs ?? [],
    score: (categories) => {
      const hasVector = vectors !== null && vectors.load() > 0;
      const predictorOfRow = patternTable === null ? 0 : predictorNumber(patternTable, features, hasVector);
      const { text, embeddings: readsVectors } = predictors[predictorOfRow];
      if (text) all[row.text] = textLogit();
      if (readsVectors) all[row.embeddings] = vectors!.logit();
      return runners[predictorOfRow](categories);
    },
  };
}
