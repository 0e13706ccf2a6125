import { chosenPercent, cutoff, fixed, percent, plural } from '../../report/numbers.js';
import { basisWords, claimWords } from '../../report/words.js';
import type { AdaptedFacts } from '../facts.js';
import type { AdaptationReport } from './results.js';

/** What was adapted to what. */
export function subjectOf({ tasks, models, files }: AdaptationReport): string {
  const names = [...tasks, ...models];
  return names.length > 0 ? names.slice(0, 6).join(', ') : files.join(', ');
}

/** What the adapted bundle promises: a sentence for each pattern, or why there is none. */
export function promiseSentences({ thresholds, adapted }: AdaptationReport): string[] {
  const none = 'No pattern of signals has enough labelled answers for a promise, so no decision is given.';
  if (thresholds.length === 0) return [none];
  const spared = adapted.certify > 0 ? [] : ['All answers adapted: too few to keep any apart for a promise.'];
  const claims = thresholds.map((t) =>
    t.threshold === null
      ? `Answers with ${claimWords(t)}: nothing is promised, so no decision is given. ${t.advice ?? ''}`.trim()
      : `Answers with ${claimWords(t)}: accept from a probability of ${cutoff(t.threshold)} up; that accepts ${percent(t.coverage)} of them, with at most ${chosenPercent(t.alpha)} errors among them, at ${chosenPercent(1 - t.delta)} confidence (seen: ${percent(t.error)} on ${plural(t.acceptedGroups, 'question')}).${t.basis === 'hidden' ? ` Certified on ${basisWords.hidden}.` : ''}`,
  );
  return [...spared, ...claims];
}

/** On what quality was measured. */
export function measuredWords({ measuredOn: { how, answers, groups } }: AdaptationReport): string {
  const which = `${plural(answers, 'answer')} to ${plural(groups, 'question')}`;
  return how === 'held'
    ? `Measured on ${which} that took no part in adapting`
    : `Measured by cross-validation on the ${which} that adapted, as none could be spared`;
}

/** What was done to a predictor. */
export function changeWords({ pattern, answers, intercept, slope, weights, logLoss }: AdaptedFacts): string {
  const which = pattern === null ? 'The predictor' : `The predictor for ${claimWords({ pattern })}`;
  return `${which}, from ${plural(answers, 'answer')}: its logit times ${fixed(slope, 2)}, ${intercept < 0 ? 'less' : 'plus'} ${fixed(Math.abs(intercept), 2)}, and ${weights.count} weights of length ${fixed(weights.length, 2)} on its inputs. Log-loss there ${fixed(logLoss.before)} before, ${fixed(logLoss.after)} after (cross-validated).`;
}

/** What stays true of answers unlike those it was adapted to. */
export const LIMITS =
  'The probabilities are now about answers like these. What the bundle it came from promised was about other answers and is not carried over; for those keep using that one.';
