import { VouchError } from '../../support/errors.js';
import type { TrainOptions } from '../options.js';
import type { TrainingData } from './training-data.js';

/** Refuses data nothing honest can be learnt from: no labels, one class, too few labels, one group. */
export function checkData(data: TrainingData, options: TrainOptions): void {
  const { n, y, groupCount } = data;
  if (n === 0) {
    throw new VouchError('NO_LABELS', `${data.unlabelled} answers were read, none with a label`, {
      hint: 'Give grades with --labels FILE --on id, or label the answers with `vouch label`.',
    });
  }
  if (y.every((value) => value === y[0])) {
    throw new VouchError('ONE_CLASS', `all ${n} labels are the same, so there is nothing to learn`, {
      expected: 'right and wrong answers',
      got: y[0],
    });
  }
  if (n < options.minLabels) {
    throw new VouchError('TOO_FEW_LABELS', 'too few labelled answers to fit and certify', {
      expected: `at least ${options.minLabels}`,
      got: n,
      hint: 'A first useful predictor wants some 300; 59 accepted questions are the least that can certify 5% at 95%.',
    });
  }
  if (groupCount === 1) {
    throw new VouchError('ONE_GROUP', 'all answers belong to one group, so no split by question exists', {
      field: options.groupBy ?? 'group',
      expected: `at least ${options.minGroups} groups`,
      got: data.groups[0],
      hint: 'Name the field that tells questions apart with --group-by FIELD.',
    });
  }
  if (groupCount < options.minGroups) {
    throw new VouchError('TOO_FEW_LABELS', 'too few groups (questions) to split by', {
      expected: `at least ${options.minGroups} groups`,
      got: groupCount,
    });
  }
}
