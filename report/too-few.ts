import { deltaOf } from '../metrics/interval/delta-of.js';
import { leastGroups } from '../metrics/interval/least-groups.js';
import { plural } from '../support/words/plural.js';
import { chosenPercent } from './numbers.js';
import type { ReportData } from './results.js';

/** The options of a run that the number of needed labels depends on. */
interface Asked {
  targetError: number;
  confidence: number;
  patternRows: number;
  smallGroups: number;
  certifyShare: number;
  certifyShareSmall: number;
}

/**
 * What to say if there are too few labels to promise anything at all, and how many the promise needs: ln δ / ln(1 − α)
 * certifying questions, all accepted and right. Null if something is promised, or if there is another reason.
 */
export function tooFew({
  thresholds,
  data,
  options,
  judged,
}: Pick<ReportData, 'thresholds' | 'data' | 'options' | 'judged'>): string | null {
  const { targetError, confidence, patternRows, ...shares } = options as Partial<Asked>;
  if (targetError === undefined || confidence === undefined || patternRows === undefined) return null;
  const least = leastGroups(targetError, deltaOf(confidence));
  if (thresholds.some(({ threshold, groups }) => threshold !== null || groups >= least)) return null;
  const isSmall = data.groups < (shares.smallGroups ?? 0);
  const share = judged?.how === 'cross' ? 1 : ((isSmall ? shares.certifyShareSmall : shares.certifyShare) ?? 1);
  const certifying = share === 1 ? '' : ` (${chosenPercent(share)} of them certify)`;
  return [
    `Too few labels to promise anything: ${plural(data.labelled, 'labelled answer')} to ` +
      `${plural(data.groups, 'question')}.`,
    `A promise of at most ${chosenPercent(targetError)} errors with ${chosenPercent(confidence)} confidence needs`,
    `at least ${plural(Math.ceil(least / share), 'labelled question')}${certifying},`,
    'even if every answer is accepted and right,',
    `and at least ${plural(patternRows, 'labelled answer')} with the same signals.`,
    'It needs more if some answers are wrong or not accepted.',
  ].join(' ');
}
