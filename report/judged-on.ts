import { percent } from './numbers.js';
import type { ReportData } from './results.js';

/** The answers that all figures are measured on: the certify part, or all answers under nested cross-fitting. */
export function judgedOn({ judged }: Pick<ReportData, 'judged'>): string {
  return judged?.how === 'cross'
    ? 'all answers, each scored by a predictor that has not seen its question'
    : 'the certify part';
}

/** The same as a clause after "answers": what the predictor that scored them had not seen. */
export function unseenWords({ judged }: Pick<ReportData, 'judged'>): string {
  return judged?.how === 'cross'
    ? `, each scored by one of ${judged.folds} predictors that have not seen its question`
    : ' that were not used for training';
}

/** Which predictors the figures belong to, where these are not the shipped one; null where they are. */
export function measuredOn({ judged }: Pick<ReportData, 'judged'>): string | null {
  if (judged?.how === 'refit') {
    return (
      `These figures belong to a predictor that was trained on ${percent(judged.trainedOn, 0)} of the labels. ` +
      'The shipped predictor was trained on all labels, and nothing is promised for it.'
    );
  }
  if (judged?.how !== 'cross') return null;
  return (
    `These figures come from ${judged.folds} predictors. Each was trained on about ${percent(judged.trainedOn, 0)} ` +
    'of the ' +
    'labels and tested on the rest. The shipped predictor was trained on all labels in the same way, and its ' +
    'threshold ' +
    'accepts the same share of the answers.'
  );
}
