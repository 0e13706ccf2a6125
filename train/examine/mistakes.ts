import type { Mistake, Mistakes } from '../../report/results.js';
import { scoreDefaults } from '../../scorer/batch/score-answers.js';
import type { Scorer } from '../../scorer/scorer.js';
import { inputsOf } from '../prepare/inputs.js';
import type { Matrix } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';

/** The number of mistakes of each kind that are listed. */
const LISTED = 20;

/**
 * The mistakes with the greatest certainty on `rows`: wrong answers with the highest probability, right answers with
 * the lowest, each with the reasons that the shipped scorer gives. A label between 0 and 1 counts as the nearer of the
 * two; .5 counts as neither. `probability` has one value per row.
 */
export function surestMistakes(
  scorer: Scorer,
  data: TrainingData,
  matrix: Matrix,
  rows: Int32Array,
  probability: Float64Array,
): Mistakes {
  const order = Array.from(rows.keys()).sort((a, b) => probability[b] - probability[a] || a - b);
  const listed = (places: number[]): Mistake[] => {
    const own = Int32Array.from(places.slice(0, LISTED), (i) => rows[i]);
    const reasons = scorer.reasons(inputsOf(data, matrix, own), scoreDefaults.reasons);
    return Array.from(own, (row, k) => ({
      id: data.ids[row],
      model: data.model[row],
      task: data.task[row],
      label: data.y[row],
      probability: probability[places[k]],
      reasons: reasons[k],
      ...(data.texts === undefined ? {} : { texts: data.texts[row] }),
    }));
  };
  return {
    wrong: listed(order.filter((i) => data.y[rows[i]] < 0.5)),
    right: listed(order.reverse().filter((i) => data.y[rows[i]] > 0.5)),
  };
}
