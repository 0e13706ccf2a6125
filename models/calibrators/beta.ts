import { sigmoid, softplus } from '../numbers.js';
import { bounded, LEAST_SLOPE, TIE_BREAK } from './bounds.js';
import type { Calibrator } from './calibrator.js';
import { diagonal, fitBoundedLogistic } from './solve/bounded-logistic.js';

/**
 * Beta calibration with three parameters: p = σ(a·ln s − b·ln(1 − s) + c) of s = σ(z), a, b ≥ 0, so that each end of the
 * scale is stretched on its own; a = b is Platt. From the logit without loss: ln s = −softplus(−z), ln(1 − s) = −softplus(z).
 * A coefficient that would be negative is 0 and the others are fitted anew, as in the paper (with convex loss that is the
 * solution under the bounds); were both, each is the least slope. Stored as a, b, c. Source: Kull, Silva Filho & Flach 2017.
 */
export const beta: Calibrator = {
  name: 'beta',
  complexity: 3,
  fit: (logits, y, w) => {
    const z = bounded(logits);
    const columns = [z.map((x) => -softplus(-x)), z.map(softplus), new Float64Array(z.length).fill(1)];
    const fitAbove = (least: number) =>
      fitBoundedLogistic({
        columns,
        y,
        w,
        centre: [1, 1, 0],
        penalty: diagonal([TIE_BREAK, TIE_BREAK, TIE_BREAK]),
        lower: [least, least, Number.NEGATIVE_INFINITY],
      }).coefficients;
    const [a, b, c] = fitAbove(0);
    return a === 0 && b === 0 ? Array.from(fitAbove(LEAST_SLOPE)) : [a, b, c];
  },
  apply: ([a, b, c], logits) =>
    logits.map((z) => sigmoid(c + (b === 0 ? 0 : b * softplus(z)) - (a === 0 ? 0 : a * softplus(-z)))),
  emit: (graph, [a, b, c], logit) => {
    let sum = graph.scalar(c);
    if (b !== 0) sum = graph.op('Add', [sum, graph.op('Mul', [graph.op('Softplus', [logit]), graph.scalar(b)])]);
    if (a !== 0) {
      const below = graph.op('Softplus', [graph.op('Neg', [logit])]); // [n], −ln s
      sum = graph.op('Sub', [sum, graph.op('Mul', [below, graph.scalar(a)])]);
    }
    return graph.op('Sigmoid', [sum]); // [n]
  },
};
