import { fixed } from '../../report/numbers.js';
import { claimSentence } from '../../report/promise.js';
import { claimWords } from '../../report/words.js';
import { plural } from '../../support/words/plural.js';
import type { Change } from '../change.js';
import type { AdaptedFacts } from '../facts.js';
import type { AdaptationReport } from './results.js';

/** What the bundle was adapted to: tasks and models, or the files if these are unknown. */
export function subjectOf({ tasks, models, files }: AdaptationReport): string {
  const names = [...tasks, ...models];
  return names.length > 0 ? names.slice(0, 6).join(', ') : files.join(', ');
}

/** What the adapted bundle promises: one sentence per pattern, or why there is none. */
export function promiseSentences({ thresholds, adapted }: AdaptationReport): string[] {
  const none = 'No pattern of signals has enough labelled answers for a promise, so no decision is given.';
  if (thresholds.length === 0) return [none];
  const all =
    adapted.certify > 0 ? [] : ['All answers were used to adapt: there are too few to keep some for a promise.'];
  return [...all, ...thresholds.map((claim) => claimSentence(claim))];
}

/** Which answers the quality was measured on. */
export function measuredWords({ measuredOn: { how, folds, answers, groups } }: AdaptationReport): string {
  const which = `${plural(answers, 'answer')} to ${plural(groups, 'question')}`;
  if (how === 'nested') {
    return (
      `Measured on ${which}, each by one of ${folds} predictors that were made without its question; the shipped one ` +
      'was made from all of them in the same way'
    );
  }
  return how === 'held'
    ? `Measured on ${which} that were not used to adapt`
    : `Measured by cross-validation on the ${which} that were used to adapt, because there are no others`;
}

/** What was done to the trained predictor. */
export const doneWords: Record<Change, string> = {
  threshold: 'certified again',
  calibrator: 'recalibrated',
  adapt: 'adapted',
};

/** What was fitted to the labelled answers, as a sentence. */
export const fittedWords: Record<Change, string> = {
  threshold: 'Its probabilities are those of a trained model; only its promises were certified again on new answers.',
  calibrator:
    'It was recalibrated from a trained model: the level and slope of the logit, and the calibrator, were fitted to ' +
    'labelled new answers.',
  adapt:
    'It was adapted from a trained model: the level and slope of the logit, and weights on the inputs, were fitted to ' +
    'labelled answers of a new task or model.',
};

/** How a predictor was changed. */
export function changeWords(
  { pattern, answers, intercept, slope, weights, logLoss }: AdaptedFacts,
  change: Change = 'adapt',
): string {
  const which = pattern === null ? 'The predictor' : `The predictor for ${claimWords({ pattern })}`;
  if (change === 'threshold') {
    return `${which} was not changed. Log-loss on ${plural(answers, 'answer')}: ${fixed(logLoss.before)}.`;
  }
  return [
    `${which}, ${doneWords[change]} ${change === 'adapt' ? 'to' : 'on'} ${plural(answers, 'answer')}: the new logit is the old one times ${fixed(slope, 2)},`,
    `${intercept < 0 ? 'minus' : 'plus'} ${fixed(Math.abs(intercept), 2)},`,
    weights.count === 0
      ? 'with the same weights on the inputs.'
      : `plus ${plural(weights.count, 'weight')} on the inputs (Euclidean length ${fixed(weights.length, 2)}).`,
    `Log-loss on these answers: ${fixed(logLoss.before)} before, ${fixed(logLoss.after)} after (cross-validated).`,
  ].join(' ');
}

/** What an adapted bundle must not be used for. */
export const LIMITS =
  'The probabilities are now valid for answers like these only. The promises of the original bundle are about other ' +
  'answers ' +
  'and do not hold for this one. For those other answers, use the original bundle.';
