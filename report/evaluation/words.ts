import { plural } from '../../support/words/plural.js';
import { chosenPercent, count, interval, percent } from '../numbers.js';
import { patternWords } from '../words.js';
import type { Evaluation, PromiseVerdict, Verdict } from './results.js';

/** The verdict as one word or two, with a capital. */
export const verdictWords: Record<Verdict, string> = {
  kept: 'Kept',
  broken: 'Broken',
  'cannot tell': 'Cannot tell',
};

/** The verdict on all promises of a bundle in one sentence. */
export function verdictHeadline(promises: readonly PromiseVerdict[]): string {
  if (promises.length === 0) return 'Nothing is promised, so there is nothing to keep or to break.';
  if (promises.length === 1) {
    const [{ verdict }] = promises;
    if (verdict === 'cannot tell') return 'These answers cannot tell whether the promise is kept.';
    return `The promise is ${verdict}.`;
  }
  const number = (verdict: Verdict) => promises.filter((promise) => promise.verdict === verdict).length;
  const [kept, broken, open] = [number('kept'), number('broken'), number('cannot tell')];
  const all = plural(promises.length, 'promise');
  if (kept === promises.length) return `All ${all} are kept.`;
  const parts = [
    broken > 0 && `${count(broken)} ${broken === 1 ? 'is' : 'are'} broken`,
    kept > 0 && `${count(kept)} ${kept === 1 ? 'is' : 'are'} kept`,
    open > 0 && `for ${count(open)} these answers cannot tell`,
  ].filter((part) => part !== false);
  return `Of ${all}, ${parts.length === 1 ? parts[0] : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}`}.`;
}

/** The answers that a promise is about. */
export function subjectWords({ pattern, slice }: Pick<PromiseVerdict, 'pattern' | 'slice'>): string {
  return slice === null ? patternWords(pattern) : `${patternWords(pattern)}, ${slice}`;
}

/** What was promised: "at most 5% errors among accepted answers, with 95% confidence". */
export function promiseWords({ alpha, delta }: Pick<PromiseVerdict, 'alpha' | 'delta'>): string {
  return `at most ${chosenPercent(alpha)} errors among accepted answers, with ${chosenPercent(1 - delta)} confidence`;
}

/** What was seen: the errors, their limits, and how many answers show it. */
export function seenWords({ error, accepted, acceptedGroups, delta }: PromiseVerdict): string {
  if (error.value === null) return 'No answer was accepted.';
  return (
    `${percent(error.value)} of ${plural(accepted, 'accepted answer')} to ${plural(acceptedGroups, 'question')} ` +
    `${accepted === 1 ? 'was' : 'were'} wrong (${interval(error, percent)}; each limit holds with ` +
    `${chosenPercent(1 - delta)} confidence).`
  );
}

/** Why it cannot tell and what would help; empty for a clear verdict. */
export function undecidedWords(promise: PromiseVerdict): string {
  const { why, needed, error } = promise;
  if (why === null) return '';
  const because = `It cannot tell, because ${why}.`;
  if (error.value === null) return because;
  return needed === null
    ? `${because} The share of errors is so near the target that no number of labels can be named.`
    : `${because} ${neededWords(promise)}`;
}

/** How many labels would decide, with the assumption. */
export function neededWords({ needed }: Pick<PromiseVerdict, 'needed'>): string {
  if (needed === null) return '';
  return (
    `About ${plural(rounded(needed.answers), 'labelled answer')} in all (${count(rounded(needed.accepted))} accepted) ` +
    `would decide it with a chance of ${percent(needed.chance, 0)}, if ${percent(needed.error)} of the accepted ` +
    'answers are wrong.'
  );
}

/** How promises are judged together; null if there is only one. */
export function togetherWords(promises: readonly PromiseVerdict[]): string | null {
  const broken = promises.filter(({ verdict }) => verdict === 'broken');
  if (promises.length < 2 || broken.length === 0) return null;
  const lost = broken.filter(({ brokenTogether }) => !brokenTogether).length;
  if (lost === 0) return 'That also holds if all promises are judged together (Holm).';
  const what = lost === broken.length ? 'it is' : `${count(lost)} of them ${lost === 1 ? 'is' : 'are'}`;
  return (
    `Each verdict is made on its own. If all ${count(promises.length)} promises are judged together (Holm), ${what} ` +
    'not certain; --fail-on broken does not count that.'
  );
}

/** The verdicts on the console, one line per sentence. */
export function verdictLines({ promises }: Pick<Evaluation, 'promises'>): string[] {
  const lines = promises.flatMap((promise) => {
    const open = undecidedWords(promise);
    return [
      `${verdictWords[promise.verdict].toUpperCase()}  ${subjectWords(promise)}: ${promiseWords(promise)}.`,
      `  ${seenWords(promise)}`,
      ...(open === '' ? [] : [`  ${open}`]),
    ];
  });
  const together = togetherWords(promises);
  return [
    ...(promises.length === 1 ? [] : [verdictHeadline(promises)]),
    ...lines,
    ...(together === null ? [] : [together]),
  ];
}

/** Two digits of a large number, rounded up: the number of labels is an estimate. */
function rounded(n: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, n))) - 1);
  return Math.ceil(n / unit - 1e-9) * unit;
}
