import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import { REFERENCE_FILE, type Reference } from '../../models/bundle/reference.js';
import { categoryShares, numberShares, questionWeights } from '../../models/bundle/shares.js';
import { pick } from '../../support/pick.js';
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
  /**
   * Weights of the answers if they were drawn with unequal chances; absent: all answers count the same, unless some are
   * fresh.
   */
  drawn?: Float64Array;
}

/**
 * How the training answers were distributed, for `vouch monitor`: every question counts once, or by the weights of its
 * answers. If some answers are fresh, only these count, by their weights. With unequal weights, the number of questions
 * is the effective one.
 */
export function referenceFile({ data, matrix, rows, probability, drawn: given }: Given): Record<string, string> {
  const { numeric: names, categorical } = matrix.schema;
  const { fresh } = data;
  const drawn = given ?? (fresh === undefined ? undefined : data.w);
  const all = Int32Array.from(data.y.keys()).filter((row) => fresh === undefined || fresh[row] === 1);
  const groups = all.map((row) => data.group[row]);
  const weight = weightsOf(groups, drawn && pick(drawn, all));
  const column = (k: number) => Float32Array.from(all, (row) => matrix.numeric[row * names.length + k]);
  const index = (k: number) => all.map((row) => matrix.categories[row * categorical.length + k]);
  const mix = (['model', 'task'] as const)
    .filter((field) => categorical.every(({ name }) => name !== field))
    .map((name) => ({ name, vocabulary: knownNames(data[name], all) }));
  const group = Int32Array.from(rows, (row) => data.group[row]);
  const scored = weightsOf(group, drawn && pick(drawn, rows));
  const reference: Reference = {
    version: 1,
    questions: questionsBehind(groups, weight),
    scored: questionsBehind(group, scored),
    signals: names.map((name, k) => numberShares(name, column(k), weight)),
    probability: numberShares('probability', Float32Array.from(probability), scored),
    categories: [
      ...categorical.map(({ name, vocabulary }, k) => categoryShares(name, vocabulary, index(k), weight)),
      ...mix.map(({ name, vocabulary }) =>
        categoryShares(
          name,
          vocabulary,
          Array.from(all, (row) => vocabulary.indexOf(data[name][row]) + 1),
          weight,
        ),
      ),
    ],
  };
  return { [REFERENCE_FILE]: `${JSON.stringify(reference)}\n` };
}

function weightsOf(group: Int32Array, drawn: Float64Array | undefined): Float64Array {
  const even = questionWeights(group);
  return drawn === undefined ? even : even.map((weight, i) => weight * drawn[i]);
}

/** How many questions with equal weights tell as much; without unequal weights, their number. */
function questionsBehind(group: Int32Array, weight: Float64Array): number {
  const sums = new Map<number, number>();
  group.forEach((question, i) => {
    sums.set(question, (sums.get(question) ?? 0) + weight[i]);
  });
  return Math.round(effectiveNumber([...sums.values()]));
}
