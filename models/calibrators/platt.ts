import { sigmoid } from '../numbers.js';
import { fitAffine } from './affine.js';
import { LEAST_SLOPE } from './bounds.js';
import type { Calibrator } from './calibrator.js';

/** Platt scaling: p = σ(a·z + b). Source: Platt 1999; without the target smoothing, as labels are plentiful here. */
export const platt: Calibrator = {
  name: 'platt',
  complexity: 2,
  fit: (logits, y, w) => fitAffine(logits, y, w, true, LEAST_SLOPE),
  apply: ([a, b], logits) => logits.map((z) => sigmoid(a * z + b)),
  emit: (graph, [a, b], logit) =>
    graph.op('Sigmoid', [graph.op('Add', [graph.op('Mul', [logit, graph.scalar(a)]), graph.scalar(b)])]),
};
