import { sigmoid } from '../numbers.js';
import { fitAffine } from './affine.js';
import { LEAST_SLOPE } from './bounds.js';
import type { Calibrator } from './calibrator.js';

/** Temperature scaling: p = σ(z / T), stored as 1/T. Source: Guo et al. 2017, sec. 4.2. */
export const temperature: Calibrator = {
  name: 'temperature',
  complexity: 1,
  fit: (logits, y, w) => [fitAffine(logits, y, w, false, LEAST_SLOPE)[0]],
  apply: ([slope], logits) => logits.map((z) => sigmoid(slope * z)),
  emit: (graph, [slope], logit) => graph.op('Sigmoid', [graph.op('Mul', [logit, graph.scalar(slope)])]),
};
