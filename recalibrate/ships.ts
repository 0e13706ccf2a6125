import type { ComparedMeasure } from '../report/evaluation/results.js';
import type { ChangeMade } from './change.js';
import type { LabelUse } from './parts.js';

/** The rule by which a new version ships, as every report prints it. */
export const SHIPPING_RULE =
  'A new version ships only if, on held-out questions, its log-loss is not higher than that of the version in ' +
  'service, and if it is not worse by more than chance in log-loss, in Brier score, or in the share of errors among ' +
  'accepted answers. It is worse by more than chance if the whole 95% interval of the difference (new minus old, ' +
  'paired by question) is above zero. A version that changes only the promises must also certify one, unless a ' +
  'promise of the version in service is broken. Held-out questions have neither chosen nor fitted what judges them: the ' +
  'new version itself or, with folds, the predictor that was made in the same way without their fold.';

/** The measures that must not become worse. */
const GUARDED = ['logLoss', 'brier', 'acceptedError'];

interface Shipping {
  /** Whether there is a new version, and whether it may ship. */
  ships: boolean;
  why: string;
}

interface Outcome {
  change: ChangeMade;
  measures: readonly ComparedMeasure[];
  use: LabelUse;
  allowFeedback: boolean;
  /** Whether the new version has a certified claim, and whether the old one has. */
  isCertified: boolean;
  wasCertified: boolean;
  /** Whether fresh answers show that a promise of the old one is broken. */
  isBroken: boolean;
}

/** Whether the new version ships, and why or why not. */
export function shippingOf({
  change,
  measures,
  use,
  allowFeedback,
  isCertified,
  wasCertified,
  isBroken,
}: Outcome): Shipping {
  const no = (why: string): Shipping => ({ ships: false, why });
  if (change === 'none') return no('nothing has to be repaired');
  const loss = measures.find(({ name }) => name === 'logLoss')?.difference.value;
  const worse = measures.filter(({ name, winner }) => GUARDED.includes(name) && winner === 'theirs');
  if (worse.length > 0) {
    const names = worse.map(({ name }) => WORDS[name]).join(' and ');
    return no(`it is worse by more than chance on the held-out questions: ${names}`);
  }
  if (loss == null || loss > 0) return no('its log-loss on the held-out questions is higher');
  if (use === 'feedback' && !allowFeedback) {
    return no('only feedback could check it, and feedback may depend on the outcome; --allow-feedback ships it anyway');
  }
  if (change === 'threshold' && !isCertified && !isBroken) {
    const lost = wasCertified ? 'it would lose a promise that is not shown to be broken' : 'it would change nothing';
    return no(`nothing could be certified, so ${lost}`);
  }
  const promise = isCertified ? 'it is certified again' : 'nothing could be certified, so it decides nothing';
  return { ships: true, why: `it is not worse on the held-out questions; ${promise}` };
}

const WORDS: Record<string, string> = {
  logLoss: 'log-loss',
  brier: 'Brier score',
  acceptedError: 'errors among accepted answers',
};
