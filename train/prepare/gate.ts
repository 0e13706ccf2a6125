import { VouchError } from '../../support/errors.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from './training-data.js';

/** Error: NO_LABELS if no answer has a label. */
export function checkLabelled({ n, unlabelled }: TrainingData): void {
  if (n > 0) return;
  const read = plural(unlabelled, 'answer was read', 'answers were read');
  throw new VouchError('NO_LABELS', `${read}, none with a label`, {
    hint: 'Give grades with --labels FILE --on id, or label the answers with `vouch label`.',
  });
}

/** Refuses data that is not enough to train on: no labels, one class, too few labels, one group. */
export function checkData(data: TrainingData, options: TrainOptions): void {
  const { n, y, groupCount } = data;
  checkLabelled(data);
  if (y.every((value) => value === y[0])) {
    throw new VouchError('ONE_CLASS', `all ${thousands(n)} labels are the same, so there is nothing to learn`, {
      expected: 'right and wrong answers',
      got: y[0],
    });
  }
  if (n < options.minLabels) {
    throw new VouchError('TOO_FEW_LABELS', 'too few labelled answers to fit and certify', {
      expected: `at least ${options.minLabels}`,
      got: n,
      hint:
        'About 300 labelled answers make a first useful predictor. To certify at most 5% errors with 95% confidence, ' +
        'at least 59 questions must be accepted.',
    });
  }
  if (groupCount === 1) {
    throw new VouchError('ONE_GROUP', 'all answers belong to one group, so they cannot be split by question', {
      field: options.groupBy ?? 'group',
      expected: `at least ${options.minGroups} groups`,
      got: data.groups[0],
      hint: 'Name the field that identifies the question with --group-by FIELD.',
    });
  }
  if (groupCount < options.minGroups) {
    throw new VouchError('TOO_FEW_LABELS', 'too few groups (questions) to split', {
      expected: `at least ${options.minGroups} groups`,
      got: groupCount,
    });
  }
}
