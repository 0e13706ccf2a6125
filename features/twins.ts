import type { Feature } from './feature.js';

/**
 * A twin is the same signal on a logarithmic scale, where it distinguishes answers better. Log-probabilities from APIs
 * saturate (probabilities are above .999 on 90% of answers), so what differs between answers is how close to 0 they
 * are. The twin is computed in log space in double precision. This constant is smaller than what float32
 * log-probabilities resolve.
 */
export const LOG_FLOOR = 1e-8;

/**
 * −ln(1e-8 − x) of a log-probability x ≤ 0, about −ln(1 − p) near p = 1. Range for x in [−30 n, 0]: [−ln(30 n), 18.4].
 */
export function logOfNegative(feature: Feature): Feature {
  const range = [-Math.log(LOG_FLOOR - feature.range[0]), -Math.log(LOG_FLOOR)] as const;
  return twinOf(feature, range, '−ln(1e-8 − x)', {
    by: (x) => -Math.log(LOG_FLOOR - x),
    back: (x) => LOG_FLOOR - Math.exp(-x),
  });
}

/** ln(x + 1e-8) of a signal x ≥ 0. */
export function logOfPositive(feature: Feature): Feature {
  const range = [Math.log(feature.range[0] + LOG_FLOOR), Math.log(feature.range[1] + LOG_FLOOR)] as const;
  return twinOf(feature, range, 'ln(x + 1e-8)', {
    by: (x) => Math.log(x + LOG_FLOOR),
    back: (x) => Math.exp(x) - LOG_FLOOR,
  });
}

type Scale = Pick<NonNullable<Feature['twin']>, 'by' | 'back'>;

function twinOf(feature: Feature, range: Feature['range'], formula: string, scale: Scale): Feature {
  return {
    ...feature,
    name: `${feature.name}.log`,
    says: `\`${feature.name}\` on a logarithmic scale: ${formula}.`,
    range,
    numberAt: undefined,
    of: (view) => scale.by(feature.of(view)),
    twin: { of: feature, ...scale },
  };
}

/**
 * A probability is limited to this distance from 0 and 1 before its logit is taken; the logit then stays within ±16.1.
 */
export const LOGIT_FLOOR = 1e-7;

/** ln(p / (1 − p)) of a recorded probability, with p limited to 1e-7..1 − 1e-7. NaN stays NaN. */
export function logit(p: number): number {
  const clamped = p < LOGIT_FLOOR ? LOGIT_FLOOR : Math.min(p, 1 - LOGIT_FLOOR);
  return Math.log(clamped) - Math.log1p(-clamped);
}

export const LOGIT_MOST = logit(1);
