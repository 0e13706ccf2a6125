import { unfolded } from './ensemble.js';
import type { Member, Network } from './types.js';

/** The layers of one network, with its members side by side. Each member's head gives its share of the logit. */
export interface CompiledLayers {
  members: number;
  /** Width of the encoded row, which the first layer reads. */
  inputs: number;
  hidden: number[];
  /** By layer: weights [m, d, h] and biases [m, 1, h]; then the heads [m, h, 1]. */
  weights: Float32Array[];
  biases: Float32Array[];
  heads: Float32Array;
}

/** Networks as a graph holds them: the straight path of all [width], and layers. */
export interface CompiledNetworks {
  linear: Float32Array;
  bias: number;
  layers: CompiledLayers[];
}

/**
 * Compiles networks for rows that are to be times `gains`: the members of one side by side; all straight paths and
 * biases, of every member and network, added exactly into one vector. Networks with an embedding share one. `shares` is
 * what the logit of each network, the mean of its members', is multiplied with.
 */
export function compileNetworks(
  given: Network[],
  gains: Float64Array,
  shares: readonly number[] = given.map(() => 1 / given.length),
): CompiledNetworks {
  const networks = given.map(unfolded);
  return {
    ...straightPaths(networks, gains, shares),
    layers: networks.flatMap((network, k) =>
      network.architecture.hidden.length > 0 ? compileLayers(network, gains, shares[k]) : [],
    ),
  };
}

/** All straight paths added in shares into one vector, times the gains, and the heads' biases alike. */
function straightPaths(networks: Network[], gains: Float64Array, shares: readonly number[]) {
  const linear = new Float64Array(gains.length);
  let bias = 0;
  for (const [k, { architecture, members }] of networks.entries()) {
    const share = shares[k] / members.length;
    const head = 2 * architecture.hidden.length;
    for (const member of members) {
      bias += share * member[head + 1][0];
      const path = architecture.hidden.length === 0 ? member[0] : member[head + 2];
      path?.forEach((weight, j) => {
        linear[j] += share * weight * gains[j];
      });
    }
  }
  return { linear: Float32Array.from(linear), bias };
}

/** The layers of a network, scaled so that they add `share` of its logit. */
function compileLayers({ architecture, members }: Network, gains: Float64Array, share: number): CompiledLayers {
  const { inputs, hidden } = architecture;
  const m = members.length;
  const raw = stacked(members, 0);
  const first = raw.map((weight, i) => weight * gains[Math.floor(i / hidden[0]) % inputs]);
  return {
    members: m,
    inputs,
    hidden,
    weights: hidden.map((_, l) => (l === 0 ? first : stacked(members, 2 * l))),
    biases: hidden.map((_, l) => stacked(members, 2 * l + 1)),
    heads: stacked(members, 2 * hidden.length).map((weight) => (weight * share) / m),
  };
}

function stacked(members: Member[], k: number): Float32Array {
  const size = members[0][k].length;
  const all = new Float32Array(size * members.length);
  members.forEach((member, i) => {
    all.set(member[k], i * size);
  });
  return all;
}
