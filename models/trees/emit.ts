import type { TreesLayout } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import { countOf, type Trees } from './trees.js';

/**
 * Emits trees: `features` [n, width] in, logit [n] out, in nine nodes for any number of trees T ≥ 1. All questions of
 * all trees are evaluated at once; the answers times powers of two give the index of each tree's leaf. The comparisons
 * in float32 and, because leaves are on a grid, the sum are the same as in `applyTrees`. Cost per row: T·depth
 * comparisons.
 */
export function emitTrees(graph: Graph, trees: Trees, features: string): { logit: string; layout: TreesLayout } {
  const { depth, bias } = trees;
  const count = countOf(trees);
  const size = 1 << depth;
  const columns = graph.ints(trees.columns, [count, depth], 'columns');
  const thresholds = graph.floats(trees.thresholds, [count, depth], 'thresholds');
  const leaves = graph.floats(trees.leaves, [count * size], 'leaves');
  const powers = Array.from({ length: depth }, (_, l) => 1 << l);
  const starts = Array.from({ length: count }, (_, t) => t * size);
  const asked = graph.op('Gather', [features, columns], { axis: 1 }); // [n, T, depth]
  const answers = graph.op('Cast', [graph.op('Greater', [asked, thresholds])], { to: 1 }); // [n, T, depth]
  const leaf = graph.op('MatMul', [answers, graph.floats(powers, [depth, 1])]); // [n, T, 1]
  const place = graph.op('Cast', [graph.op('Add', [leaf, graph.floats(starts, [count, 1])])], { to: 7 }); // [n, T, 1]
  const each = graph.op('Gather', [leaves, place], { axis: 0 }); // [n, T, 1]
  const sum = graph.op('ReduceSum', [each, graph.ints([1, 2], [2])], { keepdims: 0 }); // [n]
  const logit = graph.op('Add', [sum, graph.scalar(bias)]); // [n]
  return { logit, layout: { depth, columns, thresholds, leaves, bias, covers: packed(trees.covers) } };
}

function packed(values: Float32Array): string {
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64');
}
