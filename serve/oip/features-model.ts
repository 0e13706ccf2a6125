import { embeddingInput, OUTPUTS, type Rows } from '../../scorer/open.js';
import { wrong } from './from-json.js';
import { inputOf } from './inputs.js';
import type { OpenModel } from './open-model.js';
import type { Tensor, TensorInfo } from './tensor.js';

/** The outputs of the graph for each row; see the bundle's contract. */
export const numbersOut: TensorInfo[] = OUTPUTS.map((name) => ({
  name,
  datatype: 'FP32',
  shape: [-1],
}));

/**
 * The graph itself. Inputs: rows of signals in the manifest's order (NaN, or null in JSON, if a signal was not
 * recorded), categories if there are any (0: unseen), hashed words and embeddings if the graph reads any. There is no decision,
 * because a decision depends on what was recorded.
 */
export function featuresModel(name: string): OpenModel {
  return {
    name,
    inputs: ({ signals: { numeric, categorical, words, embeddings = [] } }) => [
      { name: 'features', datatype: 'FP32', shape: [-1, numeric.length] },
      ...(categorical.length === 0 ? [] : [int64('categories', categorical.length)]),
      ...(words === undefined ? [] : [{ name: 'words', datatype: 'INT32' as const, shape: [-1, words.length] }]),
      ...embeddings.map(({ name: own, size }) => vectors(own, size)),
    ],
    outputs: numbersOut,
    infer: async (inputs, loaded) => {
      const { numeric, categorical, words, embeddings = [] } = loaded.scorer.manifest.signals;
      const features = inputOf(inputs, 'features', 'FP32', [-1, numeric.length]);
      const [n] = features.shape;
      const none = new BigInt64Array();
      if (words !== undefined) checkWords(inputOf(inputs, 'words', 'INT32', [n, words.length]).data, 2 * words.buckets);
      const rows: Rows = {
        features: features.data,
        categories:
          categorical.length === 0 ? none : inputOf(inputs, 'categories', 'INT64', [n, categorical.length]).data,
        words: words === undefined ? undefined : inputOf(inputs, 'words', 'INT32', [n, words.length]).data,
        embeddings: embeddings.map(({ name: own, size }) =>
          withoutInfinities(inputOf(inputs, embeddingInput(own), 'FP32', [n, size]).data),
        ),
      };
      clampUnseen(
        rows,
        categorical.map(({ vocabulary }) => vocabulary.length),
      );
      const scores = await loaded.infer(rows);
      return numbersOut.map(
        (info): Tensor => ({
          name: info.name,
          datatype: 'FP32',
          shape: [n],
          data: scores[info.name as keyof typeof scores],
        }),
      );
    },
  };
}

/**
 * Rejects an index beyond the table of words, because it would read memory outside the table. Words of the question are
 * 1 to the number of buckets, words of the answer follow, so `most` is twice that number. Error: BAD_REQUEST.
 */
function checkWords(words: Int32Array, most: number): void {
  const at = words.findIndex((word) => word < 0 || word > most);
  if (at >= 0) throw wrong('words', `value ${at} is not a word`, `0 (none) to ${most}`, words[at]);
}

/** Sets a category index beyond its vocabulary to 0 (unseen), because it would read memory outside a table. */
function clampUnseen({ categories }: Rows, sizes: number[]): void {
  for (let i = 0; i < categories.length; i++) {
    if (categories[i] < 0n || categories[i] > sizes[i % sizes.length]) categories[i] = 0n;
  }
}

function vectors(name: string, size: number): TensorInfo {
  return { name: embeddingInput(name), datatype: 'FP32', shape: [-1, size] };
}

/** Infinities count as missing, as in records. */
function withoutInfinities(values: Float32Array): Float32Array {
  return values.map((value) => (Number.isFinite(value) ? value : Number.NaN));
}

function int64(name: string, width: number): TensorInfo {
  return { name, datatype: 'INT64', shape: [-1, width] };
}
