import type { Calibration } from './calibrators/calibrator.js';
import type { Interval } from './calibrators/interval/interval.js';
import type { SliceIndex } from './calibrators/interval/slice-index.js';
import type { SliceLines } from './calibrators/slice-lines.js';
import type { CompiledPredictor } from './compiled.js';
import { type Encoder, encoderGains } from './encoder.js';
import { compileNetworks } from './networks/compile.js';
import type { Network } from './networks/types.js';
import { compileShift, type Shift } from './shift.js';
import { scaledTrees, type Trees } from './trees/trees.js';

/**
 * From some of the signals to a probability: networks and trees whose logits are added by shares, then a calibrator.
 */
export interface Predictor {
  /** Names of the numeric signals that it reads. All categories are read. */
  signals: string[];
  /** Whether it also reads the text channel's logit, after the other signals. */
  text: boolean;
  /** Whether it also reads the embedding channel's logit, after that. */
  embeddings: boolean;
  encoder: Encoder;
  networks: Network[];
  trees: Trees | null;
  /** Factors of the logits of networks and trees. Absent: all have the same weight in a mean. */
  shares?: { networks: number[]; trees: number };
  /** A line for each (model, task) before the calibrator; null if it does not improve the predictor. */
  sliceLines: SliceLines | null;
  sliceIndex: SliceIndex;
  calibration: Calibration;
  /** The interval for the share of right answers at this score, from the slice and the logit after `sliceLines`. */
  interval: Interval;
  shift: Shift;
}

/** Compiles a predictor: all factors that can be are multiplied into its constants. */
export function compilePredictor(predictor: Predictor): CompiledPredictor {
  const { networks, trees, shares, encoder, shift, ...rest } = predictor;
  const equal = 1 / (networks.length + (trees === null ? 0 : 1));
  const gains = encoderGains(encoder);
  const { gain: _, ...bare } = encoder;
  return {
    ...rest,
    encoder: bare,
    networks:
      networks.length === 0 ? null : compileNetworks(networks, gains, shares?.networks ?? networks.map(() => equal)),
    trees: trees === null ? null : scaledTrees(trees, shares?.trees ?? equal),
    shift: compileShift(shift, gains),
  };
}
