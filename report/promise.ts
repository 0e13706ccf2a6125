import { plural } from '../support/words/plural.js';
import { cappedWords } from './capped-words.js';
import { unseenWords } from './judged-on.js';
import { chosenPercent, count, cutoff, NONE, percent } from './numbers.js';
import type { AlphaCoverage, CertifiedThreshold, ReportData } from './results.js';
import { basisWords, claimWords, guaranteeWords } from './words.js';

/** What can be promised for answers with one pattern of signals, in sentences. */
interface Promised {
  certified: boolean;
  /** One sentence; the page's headline when it is the main one. */
  headline: string;
  /** How it was certified, or what can be certified instead. */
  details: string[];
}

/**
 * The threshold the report opens with: the certified one that accepts most answers; failing that, the widest pattern.
 */
export function mainThreshold(data: ReportData): CertifiedThreshold | null {
  const certified = data.thresholds.filter(({ threshold }) => threshold !== null);
  if (certified.length > 0) return certified.reduce((a, b) => (b.accepted > a.accepted ? b : a));
  return data.thresholds.length === 0 ? null : data.thresholds.reduce((a, b) => (b.n > a.n ? b : a));
}

/** What one claim promises: for pages that list all claims of a bundle. `ofWhich`: what its coverage is a share of. */
export function claimSentence(t: CertifiedThreshold, ofWhich = 'of them'): string {
  const which = `Answers with ${claimWords(t)}:`;
  if (t.threshold === null) return `${which} nothing is promised, so no decision is given. ${t.advice ?? ''}`.trim();
  return [
    `${which} accept from a probability of ${cutoff(t.threshold)} up.`,
    `That accepts ${percent(t.coverage)} ${ofWhich}, with at most ${chosenPercent(t.alpha)} errors among the accepted`,
    `answers, at ${chosenPercent(1 - t.delta)} confidence`,
    `(observed: ${percent(t.error)} errors on ${plural(t.acceptedGroups, 'question')}).`,
    ...cappedWords(t),
    ...(t.basis === 'hidden' ? [`Certified on ${basisWords.hidden}.`] : []),
  ].join(' ');
}

export function promised(data: ReportData, t: CertifiedThreshold): Promised {
  const which = data.thresholds.length > 1 ? ` that come with ${claimWords(t)}` : '';
  const goal = `at most ${chosenPercent(t.alpha)} errors`;
  const confidence = `${chosenPercent(1 - t.delta)} confidence`;
  const seen = `${plural(t.n, 'answer')} to ${plural(t.groups, 'question')}${unseenWords(data)}`;
  if (t.threshold !== null) {
    return {
      certified: true,
      headline: `Accept ${percent(t.coverage)} of answers${which}, with ${goal} among them, at ${confidence}.`,
      details: [
        `An answer is accepted when vouch gives it a probability of at least ${cutoff(t.threshold)}.`,
        `Of ${seen}, ${count(t.accepted)} were accepted (${plural(t.acceptedGroups, 'question')}); ` +
          `${percent(t.error)} of the accepted answers were wrong.`,
        `How it was certified: ${sentence(t.method)} ${guaranteeWords[t.guarantee]}`,
        ...cappedWords(t),
        ...(t.basis === 'hidden' ? [`Certified on ${basisWords.hidden}.`] : []),
        ...(t.note === undefined ? [] : [t.note]),
      ],
    };
  }
  return {
    certified: false,
    headline: `No threshold can be certified yet for ${goal} among accepted answers${which}, at ${confidence}.`,
    details: [
      // The curve exists for patterns only; for a slice the advice says what can be promised.
      ...(t.slice === undefined ? [insteadOf(data.alphaCoverage, t)] : []),
      `Tested on ${seen}.`,
      ...(t.advice ? [sentence(t.advice)] : []),
      ...(t.method ? [`How it was tested: ${sentence(t.method)}`] : []),
    ],
  };
}

/** What to say if the wanted promise cannot be certified: the strictest error rate that has some coverage. */
function insteadOf(curve: AlphaCoverage[], t: CertifiedThreshold): string {
  const reached = curve
    .filter(({ pattern, coverage, threshold }) => pattern === t.pattern && coverage > 0 && threshold !== null)
    .sort((a, b) => a.alpha - b.alpha);
  const best = reached.find(({ indication }) => !indication) ?? reached[0];
  if (best === undefined) return 'No other error rate could be certified either, for any share of the answers.';
  const words =
    `at most ${chosenPercent(best.alpha)} errors when ${percent(best.coverage)} of answers are accepted ` +
    `(probability at least ${cutoff(best.threshold)})`;
  return best.indication
    ? `As an indication only, not a promise: ${words}.`
    : `What can be certified instead: ${words}.`;
}

/** Text as a sentence: with a full stop, unless it already ends with a mark; an empty text becomes an en dash. */
function sentence(text: string): string {
  const trimmed = text.trim();
  return trimmed === '' ? NONE : /[.!?]$/.test(trimmed) ? trimmed : `${trimmed}.`;
}
