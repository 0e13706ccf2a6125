import type { Threshold } from '../models/bundle/manifest.js';
import type { Calibration } from '../models/calibrators/calibrator.js';
import { calibrate } from '../models/calibrators/list.js';
import type { Logits, Probabilities } from '../models/numbers.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import type { TrainOptions } from './options.js';
import type { Parts } from './parts.js';
import { patternsOf } from './patterns.js';
import type { AlphaCoverage, CertifiedThreshold } from './report/data.js';

export function certifyPatterns(
  data: TrainingData,
  parts: Parts,
  outOfFold: Logits,
  calibration: Calibration,
  probability: Probabilities,
  options: TrainOptions,
  random: Random,
): { thresholds: (Threshold & CertifiedThreshold)[]; alphaCoverage: AlphaCoverage[] } {
  void [patternsOf, calibrate, outOfFold, probability, options, random, data, parts, calibration];
  return { thresholds: [], alphaCoverage: [] };
}
