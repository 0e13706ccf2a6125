import { REFERENCE_FILE, type Reference } from '../../models/bundle/reference.js';
import { categoryShares, numberShares, questionWeights } from '../../models/bundle/shares.js';
import type { Matrix } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';
import { knownNames } from './model-facts.js';

interface Given {
  data: TrainingData;
  /** With the schema that ships. */
  matrix: Matrix;
  /** The rows whose predictor has not seen them, and their probabilities. */
  rows: Int32Array;
  probability: Float64Array;
}

/** How the training answers were distributed, for `vouch monitor`: every question counts once. */
export function referenceFile({ data, matrix, rows, probability }: Given): Record<string, string> {
  const { numeric: names, categorical } = matrix.schema;
  const weight = questionWeights(data.group);
  const column = (k: number) => Float32Array.from({ length: data.n }, (_, i) => matrix.numeric[i * names.length + k]);
  const index = (k: number) => Int32Array.from(data.y, (_, i) => matrix.categories[i * categorical.length + k]);
  const all = Int32Array.from(data.y.keys());
  const mix = (['model', 'task'] as const)
    .filter((field) => categorical.every(({ name }) => name !== field))
    .map((name) => ({ name, vocabulary: knownNames(data[name], all) }));
  const group = Int32Array.from(rows, (row) => data.group[row]);
  const reference: Reference = {
    version: 1,
    questions: data.groupCount,
    scored: new Set(group).size,
    signals: names.map((name, k) => numberShares(name, column(k), weight)),
    probability: numberShares('probability', Float32Array.from(probability), questionWeights(group)),
    categories: [
      ...categorical.map(({ name, vocabulary }, k) => categoryShares(name, vocabulary, index(k), weight)),
      ...mix.map(({ name, vocabulary }) =>
        categoryShares(
          name,
          vocabulary,
          data[name].map((value) => vocabulary.indexOf(value) + 1),
          weight,
        ),
      ),
    ],
  };
  return { [REFERENCE_FILE]: `${JSON.stringify(reference)}\n` };
}
