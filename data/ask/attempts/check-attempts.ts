import { VouchError } from '../../../support/errors.js';
import type { AskRun } from '../ask-run.js';
import { type AttemptScorer, dryScorer } from './attempt-scorer.js';

/**
 * What scores the attempts at each question; undefined if each question is asked once. Errors: BAD_USAGE for options
 * that contradict each other, and without a bundle.
 */
export function checkAttempts(
  { ask, scorer }: Pick<AskRun, 'ask' | 'scorer'>,
  isDry: boolean,
): AttemptScorer | undefined {
  const { bestOf, revise, samples, reviseUntil } = ask;
  if (bestOf === 1 && revise === 0) {
    if (scorer === undefined) return undefined;
    const hint = 'Add --best-of N or --revise N, or leave --bundle out.';
    throw new VouchError('BAD_USAGE', 'there is nothing to choose from', { field: '--bundle', hint });
  }
  if (bestOf > 1 && revise > 0) {
    const hint = 'Choose one of them.';
    throw new VouchError('BAD_USAGE', 'answers are either chosen or revised', { field: '--revise', hint });
  }
  if (bestOf > 1 && samples > 0) {
    const hint = `--best-of ${samples + 1} gives each answer ${samples} samples.`;
    throw new VouchError('BAD_USAGE', 'with --best-of, the other answers are the samples', {
      field: '--samples',
      hint,
    });
  }
  if (scorer === undefined) {
    const field = bestOf > 1 ? '--best-of' : '--revise';
    const hint = 'Name its folder with --bundle.';
    throw new VouchError('BAD_USAGE', 'a bundle must score the answers', { field, expected: 'a bundle', hint });
  }
  return isDry ? dryScorer(reviseUntil, scorer.facts) : scorer;
}
