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

/** The promise to certify, and the limits of its threshold. */
export interface Wanted {
  alpha: number;
  delta: number;
  /** The lowest threshold that is allowed. */
  floor: number;
  /** How labelled questions are divided into parts, for the advice on how many would be enough. */
  shares: Shares;
  /** Computes only the claim, without curve and advice, which only the report shows. */
  isBrief?: boolean;
}

/** A certified threshold. `cap` is null if the weight of a question has no bound. */
export interface Certified
  extends Pick<Tested, 'threshold' | 'accepted' | 'acceptedGroups' | 'coverage' | 'error' | 'capped'> {
  cap: number | null;
  /** How it was tested, if not in the usual way. */
  method?: string;
}

/** One promise about some answers, or the reason why there is none. */
export interface Claim {
  certified: Certified | null;
  n: number;
  groups: number;
  /** Set if nothing is certified. */
  advice: string | null;
  curve: AlphaCoverage[];
  /** Certified coverage by number of labelled questions; computed on demand. */
  buys: () => Bought[];
}

/**
 * Certifies one claim: candidates and bets come from out-of-fold answers alone; one fixed sequence of tests runs on the
 * certify answers. The α–coverage curve is computed separately, with its own δ.
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
