import { sigmoid } from '../numbers.js';
import type { Calibrator } from './calibrator.js';

/** No calibration: p = σ(z). What a predictor trained on log-loss with honest stopping often needs. */
export const none: Calibrator = {
  name: 'none',
  complexity: 0,
  fit: () => [],
  apply: (_, logits) => logits.map(sigmoid),
  emit: (graph, _, logit) => graph.op('Sigmoid', [logit]),
};
