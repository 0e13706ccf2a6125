import { sigmoid, softplus } from '../numbers.js';
import { bounded, LEAST_SLOPE, TIE_BREAK } from './bounds.js';
import type { Calibrator } from './calibrator.js';
import { diagonal, fitBoundedLogistic } from './solve/bounded-logistic.js';

/**
 * Beta calibration with three parameters: p = σ(a·ln s − b·ln(1 − s) + c) with s = σ(z) and a, b ≥ 0. Each end of the
 * scale is stretched separately; a = b is Platt. Computed from the logit without loss of digits: ln s = −softplus(−z),
 * ln(1 − s) = −softplus(z). If a coefficient would be negative, it is 0 and the others are fitted again, as in the
 * paper (the loss is convex, so this is the solution under the bounds). If both would be, each is the smallest slope.
 * Stored as a, b, c. Source: Kull, Silva Filho & Flach 2017.
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
