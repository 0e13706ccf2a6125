import type { SignalSchema } from '../../features/schema.js';
import { embeddingLogits, hasVector } from '../../models/embeddings/channel.js';
import { readChannel } from '../../models/embeddings/read.js';
import { LAYOUT_KEY, layoutIn } from '../../models/layout.js';
import { readModel } from '../../models/onnx/read.js';
import { predictorNumber } from '../../models/pattern-table.js';
import { channelLogits, type WordChannel } from '../../models/words/channel.js';
import { VouchError } from '../../support/errors.js';
import type { Rows } from '../run-graph.js';
import { type PredictorReasons, predictorReasons } from './predictor.js';
import { type Signals, signalsOf } from './signals.js';

/** Effects of all signals on the logits of some rows. */
export interface Explained {
  /** Logit of a typical answer, by the predictor that scores the row: [n]. */
  base: Float64Array;
  /** [n, signals]; base + Σ effects = the logit before calibration. */
  effects: Float64Array;
  /** Logits of the text channel and of the embedding channel [n]; empty where there is none. */
  text: Float32Array;
  embeddings: Float32Array;
}

export interface Explainer {
  signals: Signals;
  explain(rows: Rows): Explained;
}

/**
 * Explains a model's logits from its own constants, without an ONNX runtime. Each predictor is prepared when the first
 * row needs it. Errors: BUNDLE_BAD if vouch did not write the model.
 */
export function explainerOf(bytes: Uint8Array, schema: SignalSchema): Explainer {
  const model = readModel(bytes);
  const layout = layoutIn(model);
  if (layout === null) {
    const why = model.metadata.has(LAYOUT_KEY)
      ? 'an earlier version wrote this model with parts that this version cannot explain, so it gives no reasons'
      : 'this model does not say how it is laid out, so it gives no reasons';
    throw new VouchError('BUNDLE_BAD', why, { hint: 'Train it again with this version.' });
  }
  const { predictors, routes: patternTable, words, embeddings } = layout;
  const channel: WordChannel | null = words && { ...words, weights: model.floats.get(words.weights)! };
  const vectorChannel = embeddings && readChannel(embeddings, model);
  const signals = signalsOf(schema);
  const prepared: PredictorReasons[] = [];
  const d = schema.numeric.length;
  const c = schema.categorical.length;
  const explain = (rows: Rows): Explained => {
    const n = rows.features.length / d;
    const width = signals.names.length;
    const text = channel === null ? new Float32Array() : channelLogits(channel, rows.words!);
    const vectors = vectorChannel === null ? new Float32Array() : embeddingLogits(vectorChannel, rows.embeddings!);
    const isRecorded = (i: number) => vectorChannel !== null && hasVector(vectorChannel, rows.embeddings!, i);
    const base = new Float64Array(n);
    const effects = new Float64Array(n * width);
    const categories = Int32Array.from(rows.categories, Number);
    for (let i = 0; i < n; i++) {
      const features = rows.features.subarray(i * d, (i + 1) * d);
      const predictorOfRow = patternTable === null ? 0 : predictorNumber(patternTable, features, isRecorded(i));
      const reasons = (prepared[predictorOfRow] ??= predictorReasons(predictors[predictorOfRow], model, signals));
      base[i] = reasons.base;
      const into = effects.subarray(i * width, (i + 1) * width);
      reasons.add(features, [text[i], vectors[i]], categories.subarray(i * c, (i + 1) * c), into);
    }
    return { base, effects, text, embeddings: vectors };
  };
  return { signals, explain };
}
