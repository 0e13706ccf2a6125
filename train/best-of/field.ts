import type { Candidate } from './askings/candidate.js';
import type { View } from './askings/view.js';
import { type Truth, truthOf } from './joint.js';

/** The views of all askings for one number of answers, or after revision, with their grades. */
export interface Field {
  views: readonly View[];
  /** The grade of each candidate of each view; NaN where there is none. */
  grades: readonly Float64Array[];
  truths: readonly Truth[];
  /** How much each asking counts. */
  weight: Float64Array;
}

export function fieldOf(
  views: readonly View[],
  gradeOf: (candidate: Candidate) => number,
  weight: Float64Array = new Float64Array(views.length).fill(1),
): Field {
  const grades = views.map(({ candidates }) => Float64Array.from(candidates, gradeOf));
  const truths = views.map(({ meaning, meanings }, i) => {
    const sums = new Float64Array(meanings);
    const counts = new Float64Array(meanings);
    meaning.forEach((m, c) => {
      sums[m] += grades[i][c];
      counts[m]++;
    });
    return truthOf(sums.map((sum, m) => sum / counts[m]));
  });
  return { views, grades, truths, weight };
}
