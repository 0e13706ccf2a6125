import { thousands } from '../../support/words/thousands.js';

/** How a labeller's verdicts compare with human labels, over the answers that have both. Both are cut at 0.5. */
export interface Agreement {
  /** How many answers have both. */
  n: number;
  agree: number;
  /** Correct for the labeller but wrong for people, and the other way round. */
  falseRight: number;
  falseWrong: number;
  /** Correct and wrong according to people. */
  right: number;
  wrong: number;
}

export function newAgreement(): Agreement {
  return { n: 0, agree: 0, falseRight: 0, falseWrong: 0, right: 0, wrong: 0 };
}

/** Counts one answer. */
export function compare(agreement: Agreement, labelled: number, human: number): void {
  const says = labelled >= 0.5;
  const is = human >= 0.5;
  agreement.n++;
  if (is) agreement.right++;
  else agreement.wrong++;
  if (says === is) agreement.agree++;
  else if (says) agreement.falseRight++;
  else agreement.falseWrong++;
}

/** Agreement as a sentence with shares; '' if no answer has both. */
export function sayAgreement({ n, agree, falseRight, falseWrong, right, wrong }: Agreement): string {
  if (n === 0) return '';
  const share = (part: number, of: number) =>
    `${thousands(part)} of ${thousands(of)}${of === 0 ? '' : ` (${((100 * part) / of).toFixed(1)}%)`}`;
  return (
    `compared with human labels it is right on ${share(agree, n)}: it calls ${share(falseRight, wrong)} of the wrong ` +
    `answers right and ${share(falseWrong, right)} of the right answers wrong`
  );
}
