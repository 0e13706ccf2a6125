import { leastGroups } from '../metrics/interval/least-groups.js';
import { chosenPercent, plural } from './numbers.js';
import type { ReportData } from './results.js';

/** The options of a run that the number of labels depends on. */
interface Asked {
  targetError: number;
  confidence: number;
  patternRows: number;
  smallGroups: number;
  certifyShare: number;
  certifyShareSmall: number;
}

/**
 * What to say where there are too few labels to promise anything at all, and how many the promise takes: ln δ / ln(1 − α)
 * questions that certify, each one accepted and right. Null where something is promised, or something else is the reason.
 */
export function tooFew({
  thresholds,
  data,
  options,
  judged,
}: Pick<ReportData, 'thresholds' | 'data' | 'options' | 'judged'>): string | null {
  const { targetError, confidence, patternRows, ...shares } = options as Partial<Asked>;
  if (targetError === undefined || confidence === undefined || patternRows === undefined) return null;
  const least = leastGroups(targetError, 1 - confidence);
  if (thresholds.some(({ threshold, groups }) => threshold !== null || groups >= least)) return null;
  const isSmall = data.groups < (shares.smallGroups ?? 0);
  const share = judged?.how === 'cross' ? 1 : ((isSmall ? shares.certifyShareSmall : shares.certifyShare) ?? 1);
  const certifying = share === 1 ? '' : `, ${chosenPercent(share)} of which certify`;
  return [
    `Too few to promise anything: ${plural(data.labelled, 'labelled answer')} to ${plural(data.groups, 'question')}.`,
    `To promise at most ${chosenPercent(targetError)} errors with ${chosenPercent(confidence)} confidence takes at least ${plural(Math.ceil(least / share), 'labelled question')}${certifying}, even if every answer is accepted and right, and at least ${plural(patternRows, 'labelled answer')} that hold the same signals.`,
    'It takes more where some answers are wrong or not accepted.',
  ].join(' ');
}
