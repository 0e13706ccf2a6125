import type { Calibration } from './calibrators/calibrator.js';
import type { Interval } from './calibrators/interval/interval.js';
import type { CompiledPredictor } from './compiled.js';
import { encodedWidth, encoderGains } from './encoder.js';
import type { CompiledNetworks } from './networks/compile.js';
import { scaledTrees } from './trees/trees.js';

/**
 * A correction of a predictor: a line and further weights. logit' = intercept + slope·logit + weights·x, where x
 * [width] are its encoded inputs.
 */
interface Change {
  intercept: number;
  slope: number;
  weights: Float64Array;
}

/**
 * Returns a predictor with the corrected logit: everything that adds to the logit is multiplied by the slope, and the
 * weights are added to the linear path. `fitted` replaces what was fitted to the old logit (lines by slice, calibrator,
 * interval).
 */
export function correctedPredictor(
  predictor: CompiledPredictor,
  { intercept, slope, weights }: Change,
  fitted: { calibration: Calibration; interval: Interval },
): CompiledPredictor {
  const { encoder, trees } = predictor;
  const gains = encoderGains(encoder);
  const old: CompiledNetworks = predictor.networks ?? {
    linear: new Float32Array(encodedWidth(encoder)),
    bias: 0,
    layers: [],
  };
  return {
    ...predictor,
    networks: {
      ...old,
      linear: old.linear.map((by, j) => slope * by + (j < weights.length ? weights[j] * gains[j] : 0)),
      bias: intercept + slope * old.bias,
      layers: old.layers.map((layers) => ({ ...layers, heads: layers.heads.map((by) => slope * by) })),
    },
    trees: trees === null ? null : scaledTrees(trees, slope),
    sliceLines: null,
    ...fitted,
  };
}
