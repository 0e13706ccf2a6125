import { afterQuestion, type Detector, detectorMean, startDetector } from './detector.js';
import type { Stakes } from './stakes.js';
import { startTally, type Tally, withUnit } from './tally.js';
import { gainOf, missingOf, type Unit } from './unit.js';
import { afterGain, type LogWealth, logMixture, startWealth } from './wealth.js';

/** What is known of one claim from all questions that are closed, in the order of the answers. */
export interface ClaimState {
  /** Bets that errors are above α, the largest mixture so far, and bets that they are below. */
  above: LogWealth;
  aboveMost: number;
  below: LogWealth;
  detector: Detector;
  /** How often the detector raised an alarm. */
  changes: number;
  tally: Tally;
}

/** The claim as the monitor judges it. */
export interface Terms {
  alpha: number;
  delta: number;
  stakes: Stakes;
  /** The detector's average number of drawn questions between false alarms. */
  runLength: number;
}

export function startClaim({ stakes }: Pick<Terms, 'stakes'>): ClaimState {
  return {
    above: startWealth(stakes.above),
    aboveMost: 0,
    below: startWealth(stakes.below),
    detector: startDetector(stakes.above),
    changes: 0,
    tally: startTally(),
  };
}

/**
 * The state after one more drawn question. A missing label counts as right in bets that errors are above α, and as wrong
 * in bets that they are below. So no bet ever wins more than it would with all labels, and when labels arrive cannot
 * matter, even if errors are reported sooner or later than the rest.
 */
export function withQuestion(state: ClaimState, unit: Unit, { alpha, stakes, runLength }: Terms): ClaimState {
  const up = gainOf(unit, alpha, 'right');
  const above = afterGain(state.above, stakes.above, up);
  const detector = afterQuestion(state.detector, stakes.above, up);
  const isAlarm = detectorMean(detector) >= runLength;
  return {
    above,
    aboveMost: Math.max(state.aboveMost, logMixture(above)),
    below: afterGain(state.below, stakes.below, -gainOf(unit, alpha, 'wrong')),
    detector: isAlarm ? startDetector(stakes.above) : detector,
    changes: state.changes + (isAlarm ? 1 : 0),
    tally: withUnit(state.tally, unit),
  };
}

/** Counts the labels of a question that is closed for good. */
export function closed(state: ClaimState, unit: Unit): ClaimState {
  const missing = missingOf(unit);
  const { tally } = state;
  const labels = tally.labels + unit.draws.length - missing;
  return { ...state, tally: { ...tally, labels, givenUp: tally.givenUp + missing } };
}
