import { plural } from '../../support/words/plural.js';
import { fixed, percent, points } from '../numbers.js';
import type { Raters } from './raters.js';

/** Below this kappa a rater agrees with people only moderately. Landis & Koch 1977: .41 to .60 is "moderate". */
const MODERATE = 0.6;

/** What the reliability of raters and verifiers means for the labels, in sentences; none if there is nothing to say. */
export function raterNotes(raters: Raters | null | undefined): string[] {
  if (raters == null) return [];
  const notes: string[] = [];
  const judges = raters.rows.filter(({ kind }) => kind !== 'person');
  for (const { name, people } of judges) {
    const kappa = people?.kappa;
    if (people == null || kappa?.high == null || kappa.high >= MODERATE) continue;
    notes.push(
      `${name} agrees with people on ${percent(people.agree)} of ${plural(people.answers, 'answer')}, but agreement by ` +
        `chance is part of that: Cohen's kappa is ${fixed(kappa.value, 2)} ` +
        `(95% interval: ${fixed(kappa.low, 2)} to ${fixed(kappa.high, 2)}).`,
    );
  }
  for (const { name, people } of judges) {
    const bias = people?.lengthBias;
    if (bias?.low == null || bias.high === null || (bias.low <= 0 && bias.high >= 0)) continue;
    const more = (bias.value ?? 0) > 0 ? 'longer' : 'shorter';
    notes.push(
      `${name} scores ${more} answers higher at equal truth: the longer half differs by ${points(bias.value)} ` +
        `(95% interval: ${points(bias.low)} to ${points(bias.high)}).`,
    );
  }
  if (raters.model !== null && !raters.model.converged) {
    notes.push(`Dawid and Skene's model did not converge in ${plural(raters.model.iterations, 'step')}.`);
  }
  return notes;
}
