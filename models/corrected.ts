import type { Calibration } from './calibrators/calibrator.js';
import type { Interval } from './calibrators/interval/interval.js';
import type { CompiledPredictor } from './compiled.js';
import { encodedWidth, encoderGains } from './encoder.js';
import type { CompiledNetworks } from './networks/compile.js';
import { scaledTrees } from './trees/trees.js';

/** A line and further weights on top of a predictor: logit' = intercept + slope·logit + weights·x, x [width] its encoded inputs. */
interface Change {
  intercept: number;
  slope: number;
  weights: Float64Array;
}

/**
 * A predictor whose logit is the changed one of another: everything that adds to the logit times the slope, the straight path
 * with the weights on top. What was fitted to the old logit (lines by cell, calibrator, interval) gives way to `fitted`.
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
