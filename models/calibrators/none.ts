import { sigmoid } from '../numbers.js';
import type { Calibrator } from './calibrator.js';

/**
 * No calibration: p = σ(z). Often enough for a predictor trained on log-loss with early stopping on held-out answers.
 */
export const none: Calibrator = {
  name: 'none',
  complexity: 0,
  fit: () => [],
  apply: (_, logits) => logits.map(sigmoid),
  emit: (graph, _, logit) => graph.op('Sigmoid', [logit]),
};
