import { type Scored, tableOf } from '../../metrics/scored.js';
import type { Bought } from '../../report/results.js';
import type { Random } from '../../support/random.js';
import { advice } from './advice.js';
import type { AlphaCoverage } from './alpha-coverage.js';
import { chainedCoverage } from './chained-coverage.js';
import { fixedSequence, type Tested } from './fixed-sequence.js';
import { labelsBuy } from './labels-buy.js';
import type { Shares } from './labels-needed.js';
import { thresholdCandidates } from './threshold-candidates.js';

/** What is to be promised, and what the threshold may be. */
export interface Wanted {
  alpha: number;
  delta: number;
  /** No threshold below it. */
  floor: number;
  /** How a number of labelled questions is divided, for advice on how many would do. */
  shares: Shares;
  /** The claim alone, without curve and advice, which only the report shows. */
  isBrief?: boolean;
}

/** A threshold as it was certified. `cap` is null where no question's weight is bounded. */
export interface Certified
  extends Pick<Tested, 'threshold' | 'accepted' | 'acceptedGroups' | 'coverage' | 'error' | 'capped'> {
  cap: number | null;
  /** How it was tested, where that was not as claims of its kind usually are. */
  method?: string;
}

/** One promise about one kind of answers, or why there is none. */
export interface Claim {
  certified: Certified | null;
  n: number;
  groups: number;
  /** Set where nothing is certified. */
  advice: string | null;
  curve: AlphaCoverage[];
  /** What more labelled questions would buy; computed when asked for. */
  buys: () => Bought[];
}

/**
 * Certifies one kind of answers: candidates and bets from out-of-fold answers alone, one fixed sequence of tests on the
 * certify answers; beside it the α–coverage curve, with a δ of its own.
 */
export function certifyClaim(outOfFold: Scored, certify: Scored, wanted: Wanted, random: Random): Claim {
  const { alpha, delta, floor, isBrief = false } = wanted;
  const { n, groups } = tableOf(certify);
  const candidates = thresholdCandidates(outOfFold, { alpha, delta, groups, floor });
  const { certified } = fixedSequence(candidates, certify, { alpha, delta }, random.fork('promise'));
  const curve = isBrief ? [] : chainedCoverage(outOfFold, certify, { delta }, random.fork('curve'));
  return {
    certified,
    n,
    groups,
    advice:
      certified === null && !isBrief
        ? advice(outOfFold, certify, curve, { ...wanted, labelled: tableOf(outOfFold).groups + groups })
        : null,
    curve,
    buys: () => {
      const labelled = tableOf(outOfFold).groups + groups;
      return labelsBuy(outOfFold, { alpha, delta, floor, labelled, share: groups / Math.max(1, labelled) });
    },
  };
}
