import type { Feature } from './feature.js';

/**
 * Twins: the same signal on the scale where it keeps telling answers apart. API log-probabilities saturate (over .999 on
 * 90% of answers), so what differs is how close to 0 they are; the twin is taken from log space in double precision, and
 * the small constants lie below what float32 log-probabilities resolve.
 */
export const LOG_FLOOR = 1e-8;

/** −ln(1e-8 − x) of a log-probability x ≤ 0: about −ln(1 − p) near p = 1. Range for x in [−30 n, 0]: [−ln(30 n), 18.4]. */
export function logOfNegative(feature: Feature): Feature {
  const range = [-Math.log(LOG_FLOOR - feature.range[0]), -Math.log(LOG_FLOOR)] as const;
  return twinOf(feature, range, (x) => -Math.log(LOG_FLOOR - x));
}

/** ln(x + 1e-8) of a signal x ≥ 0. */
export function logOfPositive(feature: Feature): Feature {
  const range = [Math.log(feature.range[0] + LOG_FLOOR), Math.log(feature.range[1] + LOG_FLOOR)] as const;
  return twinOf(feature, range, (x) => Math.log(x + LOG_FLOOR));
}

function twinOf(feature: Feature, range: Feature['range'], by: (value: number) => number): Feature {
  const name = `${feature.name}.log`;
  return {
    ...feature,
    name,
    range,
    numberAt: undefined,
    of: (view) => by(feature.of(view)),
    twin: { of: feature, by },
  };
}

/** Between these bounds the logit of a number in 0..1 is told: 16 for a sure one. */
export const LOGIT_FLOOR = 1e-7;

/** ln(p / (1 − p)) with p held 1e-7 from 0 and 1, for numbers recorded as probabilities. NaN stays NaN. */
export function logit(p: number): number {
  const clamped = p < LOGIT_FLOOR ? LOGIT_FLOOR : Math.min(p, 1 - LOGIT_FLOOR);
  return Math.log(clamped) - Math.log1p(-clamped);
}

export const LOGIT_MOST = logit(1);
