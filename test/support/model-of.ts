import type { SignalSchema } from '../../features/schema.js';
import type { Calibration } from '../../models/calibrators/calibrator.js';
import { cellsOf } from '../../models/calibrators/cells.js';
import type { Encoder } from '../../models/encoder.js';
import type { Model } from '../../models/model.js';
import type { Network } from '../../models/networks/network.js';
import type { Predictor } from '../../models/predictor.js';
import type { Shift } from '../../models/shift.js';
import { random } from '../../support/random.js';

/** What a test may choose of a predictor; the rest is plain. */
export type PredictorParts = Partial<Predictor> & {
  encoder: Encoder;
  networks: Network[];
  calibration: Calibration;
};

/** A predictor over the signals of `schema`. */
export function predictorOf(schema: SignalSchema, parts: PredictorParts): Predictor {
  return {
    signals: schema.numeric,
    text: false,
    trees: null,
    slices: null,
    cells: cellsOf(schema.categorical),
    interval: { lowAt: [0], low: [0.1, 0.4], highAt: [0], high: [0.6, 0.9] },
    shift: shiftFor(parts.encoder.centre.length),
    ...parts,
  };
}

/** A model of one predictor. */
export function modelOf(schema: SignalSchema, parts: PredictorParts): Model {
  return { schema, words: null, main: predictorOf(schema, parts), experts: [] };
}

/** A shift along five random directions of d inputs. */
export function shiftFor(d: number): Shift {
  const draw = random('shift');
  return {
    directions: 5,
    weights: Float32Array.from({ length: 5 * d }, () => draw.normal()),
    offset: Float32Array.from({ length: 5 }, () => draw.normal()),
    threshold: 3,
  };
}
