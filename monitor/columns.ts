import type { Manifest } from '../models/bundle/manifest.js';
import type { ScoredAnswer } from './answer.js';
import type { Columns } from './drift/drift.js';

/** The answers of a run as columns. Model and task are always among the categories. */
export function columnsOf(
  questions: readonly (readonly ScoredAnswer[])[],
  { numeric, categorical }: Pick<Manifest['signals'], 'numeric' | 'categorical'>,
): Columns {
  const all = questions.flat();
  const weight = Float64Array.from(questions.flatMap((answers) => answers.map(() => 1 / answers.length)));
  const named = (field: 'model' | 'task') => [field, all.map((answer) => answer[field] ?? '')] as const;
  return {
    weight,
    questions: questions.length,
    numbers: new Map(numeric.map((name, k) => [name, Float32Array.from(all, ({ numbers }) => numbers[k])])),
    probability: Float32Array.from(all, ({ probability }) => probability),
    categories: new Map([
      named('model'),
      named('task'),
      ...categorical.map(({ name }, k) => [name, all.map(({ categories }) => categories[k])] as const),
    ]),
  };
}
