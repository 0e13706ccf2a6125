import { percent } from './numbers.js';
import type { ReportData } from './results.js';

/** Which answers every figure is about: a part that never trained, or all, each predicted without its question. */
export function judgedOn({ judged }: Pick<ReportData, 'judged'>): string {
  return judged?.how === 'cross' ? 'all answers, each predicted without its question' : 'the certify part';
}

/** The same after "answers": what was kept from the predictor that judged them. */
export function unseenWords({ judged }: Pick<ReportData, 'judged'>): string {
  return judged?.how === 'cross'
    ? `, each judged by one of ${judged.folds} predictors that never saw its question`
    : ' that took no part in training';
}

/** What the figures were measured on where that is not what ships; null where it is. */
export function measuredOn({ judged }: Pick<ReportData, 'judged'>): string | null {
  if (judged?.how === 'refit') {
    return `The figures are measured on a predictor trained on ${percent(judged.trainedOn, 0)} of these labels. What ships is trained on all of them and promises nothing.`;
  }
  if (judged?.how !== 'cross') return null;
  return `The figures are measured on ${judged.folds} predictors, each trained on about ${percent(judged.trainedOn, 0)} of these labels and judged on the rest. What ships is trained on all labels in the same way, and its threshold accepts the same share of the answers.`;
}
