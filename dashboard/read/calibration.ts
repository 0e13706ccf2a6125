import { eceDebiasedMetric } from '../../metrics/calibration/ece-debiased.js';
import { type CurvePoint, reliabilityCurve } from '../../metrics/calibration/reliability-curve.js';
import { bootstrap } from '../../metrics/interval/bootstrap.js';
import type { Estimate } from '../../metrics/interval/interval.js';
import { brierMetric } from '../../metrics/proper/brier.js';
import { logLossMetric } from '../../metrics/proper/log-loss.js';
import { random } from '../../support/random.js';
import type { Labelled } from './labelled.js';

/** Draws for intervals, and for the band of the curve: few, so that the page opens quickly. */
const RESAMPLES = 300;
const CURVE_DRAWS = 100;

/** The measures that are compared with training. */
export const COMPARED = ['logLoss', 'brier', 'eceDebiased'] as const;

/** How well probabilities agree with labels. */
export interface Calibration {
  metrics: Record<(typeof COMPARED)[number], Estimate>;
  curve: CurvePoint[];
}

/** Measures with 95% intervals (bootstrap over questions), and the reliability curve. The seed is fixed. */
export function calibrationOf({ scored }: Labelled): Calibration {
  const draw = random('dashboard');
  const metrics = bootstrap([logLossMetric, brierMetric, eceDebiasedMetric], scored, draw, { resamples: RESAMPLES });
  return { metrics: metrics as Calibration['metrics'], curve: reliabilityCurve(scored, draw, CURVE_DRAWS) };
}
