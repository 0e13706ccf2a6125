import { type Bert, type BertLayer, type Head, LAYER_PARTS, layerShape } from '../../../models/bert/bert.js';
import { random } from '../../../support/random.js';

/** A BERT with random weights: 12 words (those of `tiny-encoder.ts`), 16 places or more, 8 numbers per token, 2 heads. */
export function tinyBert(layers = 2, seed = 1, places = 16): Bert {
  const sizes = { hidden: 8, heads: 2, inner: 12 };
  const draw = random(seed);
  const normal = (length: number, deviation: number, mean = 0) =>
    Float32Array.from({ length }, () => mean + deviation * draw.normal());
  const layer = (): BertLayer =>
    Object.fromEntries(
      LAYER_PARTS.map((part) => {
        const length = layerShape(part, sizes).reduce((product, size) => product * size, 1);
        return [part, normal(length, 0.3, part.endsWith('Scale') ? 1 : 0)];
      }),
    ) as BertLayer;
  return {
    ...sizes,
    words: normal(12 * 8, 1),
    places: normal(places * 8, 0.3),
    types: normal(2 * 8, 0.3),
    scale: normal(8, 0.1, 1),
    shift: normal(8, 0.1),
    layers: Array.from({ length: layers }, layer),
  };
}

/** A head for it. */
export const tinyHead: Head = { weights: Float32Array.from({ length: 16 }, (_, j) => Math.sin(j)), bias: 0.25 };

/** Two pairs of texts of different length: [CLS] … [SEP] … [SEP]. */
export const tinyPairs = [
  { ids: [2, 6, 7, 8, 9, 3, 4, 3], types: [0, 0, 0, 0, 0, 0, 1, 1] },
  { ids: [2, 7, 3, 10, 5, 3], types: [0, 0, 0, 1, 1, 1] },
];
