import type { LayoutNetwork } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import type { CompiledLayers, CompiledNetworks } from './compile.js';
import { emitEmbedding } from './embedding.js';

/** The logit [n] and the names of the constants that were made for it. */
interface EmittedNetworks {
  logit: string;
  linear: string;
  bias: number;
  embedding?: { columns: number[]; slope: string; offset: string };
  networks: LayoutNetwork[];
}

/**
 * Emits compiled networks for x [n, d] → the sum of their logits by shares, [n]. The members of a network run as one
 * batched product, and all share one linear path, because in a graph of this size a node costs more than its
 * arithmetic.
 */
export function emitNetworks(graph: Graph, networks: CompiledNetworks, x: string): EmittedNetworks {
  const { linear, bias, embedding } = networks;
  const wide = embedding === null ? null : emitEmbedding(graph, embedding, x);
  const weights = graph.floats(linear, [linear.length], 'linear');
  let logit = graph.op('Add', [graph.op('MatMul', [wide?.x ?? x, weights]), graph.scalar(bias)]); // [n]
  const layers: LayoutNetwork[] = [];
  for (const each of networks.layers) {
    const { sum, layout } = emitLayers(graph, each, each.embedded ? (wide?.x ?? x) : x);
    logit = graph.op('Add', [logit, sum]);
    layers.push(layout);
  }
  const emitted: EmittedNetworks = { logit, linear: weights, bias, networks: layers };
  if (embedding !== null && wide !== null)
    emitted.embedding = { columns: embedding.columns, slope: wide.slope, offset: wide.offset };
  return emitted;
}

/** What the layers of a network add to the logit: [n]. */
function emitLayers(graph: Graph, layers: CompiledLayers, x: string) {
  const { members: m, inputs, hidden, activation } = layers;
  const weights: string[] = [];
  const biases: string[] = [];
  let h = x;
  let width = inputs;
  hidden.forEach((next, l) => {
    weights.push(graph.floats(layers.weights[l], [m, width, next], 'weights'));
    biases.push(graph.floats(layers.biases[l], [m, 1, next], 'biases'));
    // [m, n, h_l]
    h = emitActivation(graph, activation, graph.op('Add', [graph.op('MatMul', [h, weights[l]]), biases[l]]));
    width = next;
  });
  const heads = graph.floats(layers.heads, [m, width, 1], 'heads');
  const each = graph.op('MatMul', [h, heads]); // [m, n, 1]
  const sum = graph.op('ReduceSum', [each, graph.ints([0, 2], [2])], { keepdims: 0 }); // [n]
  return { sum, layout: { members: m, inputs, hidden, activation, weights, biases, heads } };
}

function emitActivation(graph: Graph, activation: CompiledLayers['activation'], z: string): string {
  return activation === 'relu' ? graph.op('Relu', [z]) : graph.op('Mul', [z, graph.op('Sigmoid', [z])]);
}
