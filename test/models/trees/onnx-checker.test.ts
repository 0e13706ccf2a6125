import { expect, it } from 'vitest';
import { Graph } from '../../../models/onnx/graph.js';
import { emitTrees } from '../../../models/trees/emit.js';
import { onnxChecked } from '../../support/onnx-checked.js';

const shapes = [
  { count: 1, depth: 1 },
  { count: 30, depth: 6 },
];

function graphOf({ count, depth }: { count: number; depth: number }): Uint8Array {
  const graph = new Graph('test');
  const trees = {
    depth,
    columns: Int32Array.from({ length: count * depth }, (_, k) => k % 3),
    thresholds: Float32Array.from({ length: count * depth }, (_, k) => (k === 0 ? Number.NEGATIVE_INFINITY : k)),
    leaves: new Float32Array(count << depth).fill(0.5),
    bias: 0.25,
    covers: new Float32Array(count << depth),
  };
  const { logit } = emitTrees(graph, trees, graph.input('x', 'float32', ['n', 3]));
  graph.output('logit', logit, 'float32', ['n']);
  return graph.encode();
}

it('onnx.checker accepts trees in nine nodes, of any number and depth', () => {
  const facts = { opset: 18, inputs: ['x'], outputs: ['logit'], nodes: 9 };
  expect(onnxChecked(shapes.map(graphOf))).toEqual([facts, facts]);
}, 300_000);
