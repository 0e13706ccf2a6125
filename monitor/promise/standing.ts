import type { Terms } from './claim-state.js';
import { detectorMean } from './detector.js';
import { labelsToDecide } from './labels-to-decide.js';
import { type Ledger, labelsIn, stateNow } from './ledger.js';
import { type ErrorEstimate, estimateOf } from './tally.js';
import { missingOf } from './unit.js';
import { logMixture } from './wealth.js';

/**
 * `broken`: the average error since certification was shown to be above α. `holds`: it is shown to be below α now.
 * `recovered`: it was broken before, and holds now.
 */
export type PromiseState = (typeof PROMISE_STATES)[number];
export const PROMISE_STATES = ['broken', 'holds', 'recovered', 'cannot tell'] as const;

/** One claim after a run. E-values are given as natural logarithms; ln(1/δ) decides. */
export interface Standing {
  claim: string;
  alpha: number;
  delta: number;
  state: PromiseState;
  /** Of "the average error is at most α", the largest so far; of "it is at least α", now. */
  logBroken: number;
  logHolds: number;
  /** Whether it counts as broken together with the other claims (Bonferroni: 1/δ times their number). */
  brokenTogether: boolean;
  questions: number;
  drawn: number;
  labels: number;
  /** Labels that may still come, and labels that are overdue and were given up. */
  waiting: number;
  givenUp: number;
  error: ErrorEstimate | null;
  /** If it cannot tell: about how many more drawn labels decide it. Null: the error is too near α, or unknown. */
  needed: number | null;
  /** The e-detector: its statistic, its alarm level, and the alarms so far. */
  change: { value: number; runLength: number; alarms: number };
}

/** What is assumed about future labels if there are none so far. */
interface Outlook {
  /** The error that the bundle expects among accepted answers, and the chance with which labels are drawn. */
  error: number | null;
  chance: number;
}

export function standingOf(
  { claim, ledger, terms, claims }: { claim: string; ledger: Ledger; terms: Terms; claims: number },
  outlook: Outlook,
): Standing {
  const { alpha, delta, stakes, runLength } = terms;
  const now = stateNow(ledger, terms);
  const waiting = ledger.open.reduce((sum, unit) => sum + missingOf(unit), 0);
  const decides = Math.log(1 / delta);
  const [logBroken, logHolds] = [now.aboveMost, logMixture(now.below)];
  const isBroken = logBroken >= decides;
  const isHolding = logHolds >= decides;
  const state = isBroken ? (isHolding ? 'recovered' : 'broken') : isHolding ? 'holds' : 'cannot tell';
  const error = estimateOf(now.tally);
  const labels = labelsIn(ledger);
  const seen = error === null ? outlook.error : pulled(error.value, labels, alpha);
  return {
    ...{ claim, alpha, delta, state, logBroken, logHolds },
    brokenTogether: state === 'broken' && logBroken >= decides + Math.log(claims),
    questions: now.tally.questions,
    drawn: now.tally.drawn,
    ...{ labels, waiting, givenUp: now.tally.givenUp, error },
    needed:
      state !== 'cannot tell' || seen === null
        ? null
        : labelsToDecide({
            ...{ alpha, delta, error: seen, stakes, above: now.above, below: now.below },
            chance: outlook.chance,
          }),
    change: { value: detectorMean(now.detector), runLength, alarms: now.changes },
  };
}

/** The share of errors, pulled towards α by one label, so that few labels without an error do not count as none. */
function pulled(error: number, labels: number, alpha: number): number {
  return (error * labels + alpha) / (labels + 1);
}
