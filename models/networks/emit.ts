import type { LayoutNetwork } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import type { CompiledLayers, CompiledNetworks } from './compile.js';

/** The logit [n] and the names of the constants that were made for it. */
interface EmittedNetworks {
  logit: string;
  linear: string;
  bias: number;
  networks: LayoutNetwork[];
}

/**
 * Emits compiled networks for x [n, d] → the sum of their logits by shares, [n]. The members of a network run as one
 * batched product, and all share one linear path, because in a graph of this size a node costs more than its
 * arithmetic.
 */
export function emitNetworks(graph: Graph, networks: CompiledNetworks, x: string): EmittedNetworks {
  const { linear, bias } = networks;
  const weights = graph.floats(linear, [linear.length], 'linear');
  let logit = graph.op('Add', [graph.op('MatMul', [x, weights]), graph.scalar(bias)]); // [n]
  const layers: LayoutNetwork[] = [];
  for (const each of networks.layers) {
    const { sum, layout } = emitLayers(graph, each, x);
    logit = graph.op('Add', [logit, sum]);
    layers.push(layout);
  }
  return { logit, linear: weights, bias, networks: layers };
}

/** What the layers of a network add to the logit: [n]. */
function emitLayers(graph: Graph, layers: CompiledLayers, x: string) {
  const { members: m, inputs, hidden } = layers;
  const weights: string[] = [];
  const biases: string[] = [];
  let h = x;
  let width = inputs;
  hidden.forEach((next, l) => {
    weights.push(graph.floats(layers.weights[l], [m, width, next], 'weights'));
    biases.push(graph.floats(layers.biases[l], [m, 1, next], 'biases'));
    h = emitSilu(graph, graph.op('Add', [graph.op('MatMul', [h, weights[l]]), biases[l]])); // [m, n, h_l]
    width = next;
  });
  const heads = graph.floats(layers.heads, [m, width, 1], 'heads');
  const each = graph.op('MatMul', [h, heads]); // [m, n, 1]
  const sum = graph.op('ReduceSum', [each, graph.ints([0, 2], [2])], { keepdims: 0 }); // [n]
  return { sum, layout: { members: m, inputs, hidden, activation: 'silu' as const, weights, biases, heads } };
}

function emitSilu(graph: Graph, z: string): string {
  return graph.op('Mul', [z, graph.op('Sigmoid', [z])]);
}
