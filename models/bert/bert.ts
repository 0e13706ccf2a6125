/** The arrays of one layer, in the order in which a pass needs them; matrices are [inputs, outputs], row-major. */
export const LAYER_PARTS = [
  ...([
    'query',
    'queryBias',
    'key',
    'keyBias',
    'value',
    'valueBias',
    'out',
    'outBias',
    'outScale',
    'outShift',
  ] as const),
  ...(['up', 'upBias', 'down', 'downBias', 'downScale', 'downShift'] as const),
] as const;
export type LayerPart = (typeof LAYER_PARTS)[number];
export type BertLayer = Record<LayerPart, Float32Array>;

/** Sizes of a BERT: `hidden` numbers per token, `heads` of attention, `inner` units between `up` and `down`. */
export interface BertSizes {
  hidden: number;
  heads: number;
  inner: number;
}

/** A BERT encoder as plain numbers. Source: Devlin et al. 2019; Vaswani et al. 2017, section 3 (post-norm layers). */
export interface Bert extends BertSizes {
  /** Tables of words [vocabulary, hidden], of places [places, hidden] and of types (first or second text) [2, hidden]. */
  words: Float32Array;
  places: Float32Array;
  types: Float32Array;
  /** Of the layer normalisation after the tables. */
  scale: Float32Array;
  shift: Float32Array;
  layers: BertLayer[];
}

/** What is subtracted from the score of a token that is padding: softmax then gives it 0. */
export const HIDDEN = 1e9;

/** ε of the layer normalisations: that of BERT and of its descendants. */
export const NORM_EPSILON = 1e-12;

/** The shape of each array of a layer. */
export function layerShape(part: LayerPart, { hidden, inner }: BertSizes): number[] {
  if (part === 'up') return [hidden, inner];
  if (part === 'down') return [inner, hidden];
  if (part === 'upBias') return [inner];
  return ['query', 'key', 'value', 'out'].includes(part) ? [hidden, hidden] : [hidden];
}

/**
 * What reads correctness from the vectors of the tokens: a linear function of the mean over the tokens of the first text
 * and the mean over those of the second one, special tokens included.
 */
export interface Head {
  /** [2 · hidden]: first text, second text. */
  weights: Float32Array;
  bias: number;
}
