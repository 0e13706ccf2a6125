import type { Logits, Probabilities } from '../numbers.js';
import type { Graph } from '../onnx/graph.js';
import type { Calibrator } from './calibrator.js';

/** Knots nearer than this in the logit are merged: nearer ones would make slopes that float32 cannot carry. */
const NEAREST = 1e-3;

/**
 * Isotonic regression of y on z by pool-adjacent-violators, each block a knot at its mean logit, straight lines between
 * knots, flat outside; probabilities held inside [1/(2n), 1 − 1/(2n)]-like bounds by a half-count on each side.
 * Stored as x0, y0, x1, y1, …. Source: Zadrozny & Elkan 2002; centred knots: Oron & Flournoy 2017. O(n log n).
 */
export const isotonic: Calibrator = {
  name: 'isotonic',
  complexity: 10,
  fit: fitIsotonic,
  apply: applyIsotonic,
  emit: emitIsotonic,
};

interface Block {
  weight: number;
  sumX: number;
  sumY: number;
}

function fitIsotonic(logits: Logits, y: Float64Array, w: Float64Array): number[] {
  const order = Array.from(logits.keys()).sort((i, j) => logits[i] - logits[j]);
  const blocks: Block[] = [];
  let total = 0;
  for (const i of order) {
    if (w[i] <= 0) continue;
    total += w[i];
    blocks.push({ weight: w[i], sumX: w[i] * logits[i], sumY: w[i] * y[i] });
    while (blocks.length > 1 && mustMerge(blocks[blocks.length - 2], blocks[blocks.length - 1])) {
      const top = blocks.pop() as Block;
      const below = blocks[blocks.length - 1];
      below.weight += top.weight;
      below.sumX += top.sumX;
      below.sumY += top.sumY;
    }
  }
  const knots: number[] = [];
  for (const { weight, sumX, sumY } of blocks) {
    const p = sumY / weight;
    const bound = 0.5 / total;
    knots.push(sumX / weight, Math.min(Math.max(p, bound), 1 - bound));
  }
  return knots;
}

function mustMerge(below: Block, above: Block): boolean {
  const meanBelow = below.sumX / below.weight;
  const meanAbove = above.sumX / above.weight;
  return below.sumY / below.weight >= above.sumY / above.weight || meanAbove - meanBelow < NEAREST;
}

function applyIsotonic(knots: number[], logits: Logits): Probabilities {
  const k = knots.length / 2;
  return logits.map((z) => {
    let low = 0;
    let high = k;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (z >= knots[2 * middle]) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return knots[1];
    if (low === k) return knots[2 * k - 1];
    const x0 = knots[2 * low - 2];
    const y0 = knots[2 * low - 1];
    return y0 + ((knots[2 * low + 1] - y0) * (z - x0)) / (knots[2 * low] - x0);
  });
}

/** Counts the knots at or below z, gathers that segment's start, value and slope, and interpolates. */
function emitIsotonic(graph: Graph, knots: number[], logit: string): string {
  const k = knots.length / 2;
  const x = knots.filter((_, i) => i % 2 === 0);
  const y = knots.filter((_, i) => i % 2 === 1);
  const starts = [x[0], ...x];
  const values = [y[0], ...y];
  const slopes = [0, ...x.map((at, i) => (i + 1 < k ? (y[i + 1] - y[i]) / (x[i + 1] - at) : 0))];
  const column = graph.op('Unsqueeze', [logit, graph.ints([1], [1])]); // [n, 1]
  const reached = graph.op('GreaterOrEqual', [column, graph.floats(x, [1, k])]); // [n, k]
  const counted = graph.op('ReduceSum', [graph.op('Cast', [reached], { to: 7 }), graph.ints([1], [1])], {
    keepdims: 0,
  }); // [n]
  const start = graph.op('Gather', [graph.floats(starts, [k + 1]), counted]); // [n]
  const value = graph.op('Gather', [graph.floats(values, [k + 1]), counted]);
  const slope = graph.op('Gather', [graph.floats(slopes, [k + 1]), counted]);
  return graph.op('Add', [value, graph.op('Mul', [slope, graph.op('Sub', [logit, start])])]);
}
