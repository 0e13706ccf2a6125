import type { PredictorLayout } from '../../models/layout.js';
import type { ReadModel } from '../../models/onnx/read.js';
import type { Changes } from './network.js';
import type { Signals } from './signals.js';

/**
 * A predictor's encoded row as reasons see it: where it differs from a typical answer's, and which signal each input
 * belongs to.
 */
interface EncodedChanges {
  /** The reference: 0 for numbers (their means), flags and categories. */
  reference: Float64Array;
  /** Signal of each encoded input. */
  signal: Int32Array;
  /**
   * Finds the changes of a row. It returns the same object each time. `own` holds the predictor's numbers; the
   * logits of its channels are the last ones.
   */
  changes(own: Float32Array, categories: Int32Array): Changes;
}

/** Prepares the encoder of a predictor, as the graph has it. */
export function encodedChanges(layout: PredictorLayout, { floats }: ReadModel, signals: Signals): EncodedChanges {
  const { indicators, vocabularies } = layout;
  const slope = floats.get(layout.slope)!;
  const offset = floats.get(layout.offset)!;
  const numbers = [
    ...layout.columns.map((column) => signals.ofColumn[column]),
    ...(layout.text ? [signals.words] : []),
    ...(layout.embeddings ? [signals.embeddings] : []),
  ];
  const signal = Int32Array.from([
    ...numbers,
    ...indicators.map((j) => numbers[j]),
    ...vocabularies.flatMap((size, k) => new Array<number>(size).fill(signals.ofCategory[k])),
  ]);
  const d = numbers.length;
  const reference = new Float64Array(signal.length);
  const x = new Float64Array(d);
  const found: Changes = { places: new Int32Array(signal.length), by: new Float64Array(signal.length), count: 0 };
  const add = (place: number, by: number) => {
    if (by === 0) return;
    found.places[found.count] = place;
    found.by[found.count++] = by;
  };
  const changes = (own: Float32Array, categories: Int32Array): Changes => {
    found.count = 0;
    for (let j = 0; j < d; j++) {
      x[j] = Number.isNaN(own[j]) ? 0 : Math.tanh(own[j] * slope[j] + offset[j]);
      add(j, x[j]);
    }
    for (let k = 0; k < indicators.length; k++) if (Number.isNaN(own[indicators[k]])) add(d + k, 1);
    let at = d + indicators.length;
    for (let k = 0; k < vocabularies.length; k++) {
      if (categories[k] > 0) add(at + categories[k] - 1, 1);
      at += vocabularies[k];
    }
    return found;
  };
  return { reference, signal, changes };
}
