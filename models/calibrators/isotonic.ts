import type { Logits, Probabilities } from '../numbers.js';
import type { Graph } from '../onnx/graph.js';
import { type Block, fewer, isBelow, pool } from './blocks.js';
import type { Calibrator } from './calibrator.js';
import { countUpTo, emitCount } from './interval/count.js';
import { stepsOf } from './interval/steps.js';

/**
 * Centred isotonic regression of y on z. Answers with one logit are pooled, then adjacent violators (equal shares too).
 * Each block is a knot at its mean logit; the curve is straight between knots and constant outside. One half-right
 * answer is added at the lowest and at the highest logit, so that neither end is 0 or 1. At most 200 knots, at least
 * 1e-3 apart, rounded to float32 so that the graph has the same ones. Stored as x0, y0, x1, y1, …. Source: Oron &
 * Flournoy 2017; the added answers: Krichevsky & Trofimov 1981. O(n log n).
 */
export const isotonic: Calibrator = {
  name: 'isotonic',
  complexity: 10,
  fit: fitIsotonic,
  apply: applyIsotonic,
  emit: emitIsotonic,
};

function fitIsotonic(logits: Logits, y: Float64Array, w: Float64Array): number[] {
  const { z, weight, right } = stepsOf(logits, y, w);
  if (z.length === 0) return [0, 0.5];
  for (const end of [0, z.length - 1]) {
    weight[end] += 1;
    right[end] += 0.5;
  }
  const blocks: Block[] = [];
  z.forEach((at, i) => {
    let block: Block = { weight: weight[i], sumZ: weight[i] * at, right: right[i] };
    for (let below = blocks.at(-1); below !== undefined && !isBelow(below, block); below = blocks.at(-1)) {
      block = pool(below, block);
      blocks.pop();
    }
    blocks.push(block);
  });
  return fewer(blocks).flatMap(({ weight, sumZ, right }) => [Math.fround(sumZ / weight), right / weight]);
}

function applyIsotonic(knots: number[], logits: Logits): Probabilities {
  const k = knots.length / 2;
  return logits.map((z) => {
    const reached = countUpTo(knots, 2, z);
    if (reached === 0) return knots[1];
    if (reached === k) return knots[2 * k - 1];
    const x0 = knots[2 * reached - 2];
    const y0 = knots[2 * reached - 1];
    return y0 + ((knots[2 * reached + 1] - y0) * (z - x0)) / (knots[2 * reached] - x0);
  });
}

/**
 * Clips z to the range of the knots, counts the knots at or below it, gathers that segment's start, value and slope,
 * and interpolates.
 */
function emitIsotonic(graph: Graph, knots: number[], logit: string): string {
  const k = knots.length / 2;
  const x = knots.filter((_, i) => i % 2 === 0);
  const y = knots.filter((_, i) => i % 2 === 1);
  const starts = [x[0], ...x];
  const values = [y[0], ...y];
  const slopes = [0, ...x.map((at, i) => (i + 1 < k ? (y[i + 1] - y[i]) / (x[i + 1] - at) : 0))];
  const z = graph.op('Clip', [logit, graph.scalar(x[0]), graph.scalar(x[k - 1])]); // [n]
  const counted = emitCount(graph, x, z, 'GreaterOrEqual'); // [n]
  const start = graph.op('Gather', [graph.floats(starts, [k + 1]), counted]); // [n]
  const value = graph.op('Gather', [graph.floats(values, [k + 1]), counted]);
  const slope = graph.op('Gather', [graph.floats(slopes, [k + 1]), counted]);
  return graph.op('Add', [value, graph.op('Mul', [slope, graph.op('Sub', [z, start])])]);
}
