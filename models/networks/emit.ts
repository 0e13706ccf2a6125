import type { LayoutNetwork } from '../layout.js';
import type { Graph } from '../onnx/graph.js';
import { type Embedding, emitEmbedding } from './embedding.js';
import { unfolded } from './ensemble.js';
import { type Architecture, type Member, type Network, widthOf } from './network.js';

/** The mean logit [n] and the names of the constants that made it. */
export interface EmittedNetworks {
  logit: string;
  linear: string;
  bias: number;
  embedding?: { columns: number[]; slope: string; offset: string };
  networks: LayoutNetwork[];
}

/**
 * Emits networks for x [n, d], to be times `gains`, → the mean of their logits [n]. The members of one run as a batched
 * product; all straight paths and biases, of every member and network, are averaged exactly into one vector, because in a
 * graph of this size a node costs more than its arithmetic. Networks with an embedding share one. Each counts as one of
 * `parts` in the mean, where others are added to it.
 */
export function emitNetworks(
  graph: Graph,
  given: Network[],
  x: string,
  gains: Float64Array,
  parts = given.length,
): EmittedNetworks {
  const networks = given.map(unfolded);
  const embedding = sharedEmbedding(networks);
  const wide = embedding === undefined ? null : emitEmbedding(graph, embedding, x, gains);
  const allGains = new Float64Array(gains.length + (embedding?.columns.length ?? 0)).fill(1);
  allGains.set(gains);
  const { linear, bias } = straightPaths(networks, allGains, parts);
  const weights = graph.floats(linear, [linear.length], 'linear');
  let logit = graph.op('Add', [graph.op('MatMul', [wide?.x ?? x, weights]), graph.scalar(bias)]); // [n]
  const layers: LayoutNetwork[] = [];
  for (const network of networks) {
    if (network.architecture.hidden.length === 0) continue;
    const read = network.architecture.embedding === undefined ? x : (wide?.x ?? x);
    const { sum, layout } = emitLayers(graph, network, read, allGains, parts);
    logit = graph.op('Add', [logit, sum]);
    layers.push(layout);
  }
  const emitted: EmittedNetworks = { logit, linear: weights, bias, networks: layers };
  if (embedding !== undefined && wide !== null)
    emitted.embedding = { columns: embedding.columns, slope: wide.slope, offset: wide.offset };
  return emitted;
}

/** The one embedding of those networks that have one. */
function sharedEmbedding(networks: Network[]): Embedding | undefined {
  const found = networks.flatMap(({ architecture }) => architecture.embedding ?? []);
  if (found.some((each) => JSON.stringify(each) !== JSON.stringify(found[0])))
    throw new RangeError('networks of one model share one embedding, got several');
  return found[0];
}

/** All straight paths averaged into one vector, times the gains, and the mean of the heads' biases. */
function straightPaths(networks: Network[], gains: Float64Array, parts: number) {
  const linear = new Float64Array(gains.length);
  let bias = 0;
  for (const { architecture, members } of networks) {
    const share = 1 / (parts * members.length);
    const head = 2 * architecture.hidden.length;
    for (const member of members) {
      bias += share * member[head + 1][0];
      const path = architecture.hidden.length === 0 ? member[0] : member[head + 2];
      path?.forEach((weight, j) => {
        linear[j] += share * weight * gains[j];
      });
    }
  }
  return { linear, bias };
}

/** What the layers of a network add to the mean logit of `count` networks: [n]. */
function emitLayers(graph: Graph, network: Network, x: string, gains: Float64Array, count: number) {
  const { architecture, members } = network;
  const { hidden, activation } = architecture;
  const m = members.length;
  const weights: string[] = [];
  const biases: string[] = [];
  const inputs = widthOf(architecture);
  let h = x;
  let width = inputs;
  hidden.forEach((next, l) => {
    const raw = stacked(members, 2 * l);
    const gained = l > 0 ? raw : raw.map((weight, i) => weight * gains[Math.floor(i / next) % width]);
    weights.push(graph.floats(gained, [m, width, next], 'weights'));
    biases.push(graph.floats(stacked(members, 2 * l + 1), [m, 1, next], 'biases'));
    h = emitActivation(graph, architecture, graph.op('Add', [graph.op('MatMul', [h, weights[l]]), biases[l]])); // [m, n, h_l]
    width = next;
  });
  const shares = stacked(members, 2 * hidden.length).map((weight) => weight / (m * count));
  const heads = graph.floats(shares, [m, width, 1], 'heads');
  const each = graph.op('MatMul', [h, heads]); // [m, n, 1]
  const sum = graph.op('ReduceSum', [each, graph.ints([0, 2], [2])], { keepdims: 0 }); // [n]
  return { sum, layout: { members: m, inputs, hidden, activation, weights, biases, heads } };
}

function emitActivation(graph: Graph, { activation }: Architecture, z: string): string {
  return activation === 'relu' ? graph.op('Relu', [z]) : graph.op('Mul', [z, graph.op('Sigmoid', [z])]);
}

function stacked(members: Member[], k: number): Float32Array {
  const size = members[0][k].length;
  const all = new Float32Array(size * members.length);
  members.forEach((member, i) => {
    all.set(member[k], i * size);
  });
  return all;
}
