import { chosenPercent } from '../numbers.js';
import type { ReportData } from '../results.js';

/** What to know before the bundle is used: the warnings about the data, and limits that hold for every bundle. */
export function cautionsOf({ data, thresholds }: Pick<ReportData, 'data' | 'thresholds'>): string[] {
  const confidences = [...new Set(thresholds.map(({ delta }) => chosenPercent(1 - delta)))];
  return [
    ...data.warnings,
    'It was tested on answers like those it was trained on. On a new task it usually still ranks answers well, but ' +
      'its probabilities can be wrong. Label some answers of the new task first.',
    ...(confidences.length === 0
      ? []
      : [
          `A promise holds with ${confidences.join(', ')} confidence, and only for answers that come from the same ` +
            'source as these. It does not hold for another mix of questions, another model or another grader.',
        ]),
    ...ALWAYS,
  ];
}

/** Limits that hold for every bundle. */
export const ALWAYS: readonly string[] = [
  'The probability predicts what the grader would say. Where the grader is wrong, the probability is wrong too.',
  'Do not use it to judge people. Where a single wrong answer does harm, check the answer itself.',
];
