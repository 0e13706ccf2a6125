import type { SignalSchema } from '../../features/schema.js';
import type { Calibration } from '../../models/calibrators/calibrator.js';
import type { CalibrationBand } from '../../models/calibrators/interval/calibration-band.js';
import { sliceIndexOf } from '../../models/calibrators/interval/slice-index.js';
import type { Encoder } from '../../models/encoder.js';
import type { Model } from '../../models/model.js';
import type { Network } from '../../models/networks/types.js';
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
    embeddings: false,
    trees: null,
    sliceLines: null,
    sliceIndex: sliceIndexOf(schema.categorical),
    interval: bandFor(sliceIndexOf(schema.categorical).count),
    shift: shiftFor(parts.encoder.centre.length),
    ...parts,
  };
}

/** A model of one predictor. */
export function modelOf(schema: SignalSchema, parts: PredictorParts): Model {
  return { schema, words: null, embeddings: null, main: predictorOf(schema, parts), patternPredictors: [] };
}

/** A band with a row of its own for every other cell. */
export function bandFor(cells: number): CalibrationBand {
  const at = [-3, -0.5, 0.25, 2];
  const row = Array.from({ length: cells + 1 }, (_, c) => (c % 2 === 0 ? 0 : (c + 1) / 2));
  const rows = Math.max(...row) + 1;
  const bound = (by: number) => Array.from({ length: rows }, (_, r) => at.map((z) => z + by * (1 + r / 4))).flat();
  return { at, low: bound(-0.5), high: bound(0.7), row };
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
