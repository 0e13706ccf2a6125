import type { TreesLayout } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import type { RowTrees } from './row.js';
import { countOf } from './trees.js';

/**
 * Emits trees: `features` [n, width] in, logit [n] out, in nine nodes for any number of trees T ≥ 1. All questions of all trees
 * are put at once, answers times powers of two spell each tree's leaf. The same float32 comparisons and, by the leaves' grid,
 * the same sum as `applyTrees`. Cost per row: T·depth comparisons.
 */
export function emitTrees(graph: Graph, trees: RowTrees, features: string): { logit: string; layout: TreesLayout } {
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
  return { logit, layout: { depth, columns, thresholds, leaves, bias } };
}
