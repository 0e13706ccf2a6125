import { OUTPUTS, type Rows } from '../../scorer/open.js';
import { wrong } from './from-json.js';
import { inputOf } from './inputs.js';
import type { OpenModel } from './open-model.js';
import type { Tensor, TensorInfo } from './tensor.js';

/** What the graph says of each row; see the bundle's contract. */
export const numbersOut: TensorInfo[] = OUTPUTS.map((name) => ({
  name,
  datatype: 'FP32',
  shape: [-1],
}));

/**
 * The graph itself: rows of signals in the manifest's order (NaN, or null in JSON, where one was not recorded), categories where
 * there are any (0: unseen), hashed words where the graph reads any. No decision: it needs to know what was recorded.
 */
export function featuresModel(name: string): OpenModel {
  return {
    name,
    inputs: ({ signals: { numeric, categorical, words } }) => [
      { name: 'features', datatype: 'FP32', shape: [-1, numeric.length] },
      ...(categorical.length === 0 ? [] : [int64('categories', categorical.length)]),
      ...(words === undefined ? [] : [{ name: 'words', datatype: 'INT32' as const, shape: [-1, words.length] }]),
    ],
    outputs: numbersOut,
    infer: async (inputs, loaded) => {
      const { numeric, categorical, words } = loaded.scorer.manifest.signals;
      const features = inputOf(inputs, 'features', 'FP32', [-1, numeric.length]);
      const [n] = features.shape;
      const none = new BigInt64Array();
      if (words !== undefined) checkWords(inputOf(inputs, 'words', 'INT32', [n, words.length]).data, 2 * words.buckets);
      const rows: Rows = {
        features: features.data,
        categories:
          categorical.length === 0 ? none : inputOf(inputs, 'categories', 'INT64', [n, categorical.length]).data,
        words: words === undefined ? undefined : inputOf(inputs, 'words', 'INT32', [n, words.length]).data,
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
 * A word past the table would be read past it. Words of the question are 1 to the number of buckets, those of the answer follow, so
 * `most` is twice that. Error: BAD_REQUEST.
 */
function checkWords(words: Int32Array, most: number): void {
  const at = words.findIndex((word) => word < 0 || word > most);
  if (at >= 0) throw wrong('words', `value ${at} is no word`, `0 (none) to ${most}`, words[at]);
}

/** A category index past its vocabulary would read past a table: it is one never seen, 0. */
function clampUnseen({ categories }: Rows, sizes: number[]): void {
  for (let i = 0; i < categories.length; i++) {
    if (categories[i] < 0n || categories[i] > sizes[i % sizes.length]) categories[i] = 0n;
  }
}

function int64(name: string, width: number): TensorInfo {
  return { name, datatype: 'INT64', shape: [-1, width] };
}
