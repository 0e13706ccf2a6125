import type { PredictorLayout } from '../../models/layout.js';
import type { ReadModel } from '../../models/onnx/read.js';
import { contributionsOf } from '../../models/trees/contributions.js';
import { readCoveredTrees } from '../../models/trees/read.js';
import { encodedChanges } from './encoded.js';
import { networkReasons } from './network.js';
import type { Signals } from './signals.js';

/** What moved one predictor's logit away from that of a typical answer. */
export interface PredictorReasons {
  /** Logit of the typical answer. For trees, the mean over the rows that they were fitted on. */
  base: number;
  /**
   * Adds each signal's effect on a row's logit to `into` [signals]; base + Σ effects = the logit. `features` are all
   * features of the graph, `logits` those of the text channel and of the embedding channel.
   */
  add(
    features: Float32Array,
    logits: readonly [text: number, embeddings: number],
    categories: Int32Array,
    into: Float64Array,
  ): void;
}

/**
 * Prepares the reasons of a predictor from the graph's constants. Linear paths: w·(x − x0), exact. Networks: the
 * rescale rule; the effects sum up to the logit. Trees: Shapley values, exact.
 */
export function predictorReasons(layout: PredictorLayout, model: ReadModel, signals: Signals): PredictorReasons {
  const { reference, signal, changes } = encodedChanges(layout, model, signals);
  const straight = layout.linear === null ? null : model.floats.get(layout.linear)!;
  const networks = layout.networks.map((network) => networkReasons(network, model, reference));
  const shares = new Float64Array(signal.length);
  const trees = treeReasons(layout, model, signal);
  const count = layout.columns.length;
  const own = new Float32Array(count + (layout.text ? 1 : 0) + (layout.embeddings ? 1 : 0));
  let base = layout.bias + trees.base;
  if (straight !== null) for (let k = 0; k < straight.length; k++) base += straight[k] * reference[k];
  for (const network of networks) base += network.base;
  return {
    base,
    add: (features, [text, embeddings], categories, into) => {
      for (let j = 0; j < count; j++) own[j] = features[layout.columns[j]];
      if (layout.text) own[count] = text;
      if (layout.embeddings) own[own.length - 1] = embeddings;
      const changed = changes(own, categories);
      const { places, by, count: moved } = changed;
      for (let i = 0; i < moved; i++) shares[i] = straight === null ? 0 : straight[places[i]] * by[i];
      for (const network of networks) network.add(changed, shares);
      for (let i = 0; i < moved; i++) into[signal[places[i]]] += shares[i];
      trees.add(own, categories, into);
    },
  };
}

/** The effects of the trees. Their columns are the predictor's numbers, then the one-hots. */
function treeReasons({ trees, indicators, vocabularies }: PredictorLayout, model: ReadModel, signal: Int32Array) {
  if (trees === null) return { base: 0, add: () => {} };
  const { base, add } = contributionsOf(readCoveredTrees(model, trees));
  const width = vocabularies.reduce((sum, size) => sum + size, 0);
  return {
    base,
    add: (own: Float32Array, categories: Int32Array, into: Float64Array) => {
      const row = new Float32Array(own.length + width);
      row.set(own);
      let at = own.length;
      vocabularies.forEach((size, k) => {
        if (categories[k] > 0) row[at + categories[k] - 1] = 1;
        at += size;
      });
      const each = new Float64Array(row.length);
      add(row, each);
      for (let c = 0; c < each.length; c++) into[signal[c < own.length ? c : c + indicators.length]] += each[c];
    },
  };
}
