import { foldsByGroup } from '../data/split.js';
import { type Encoder, encode, encodedWidth } from '../models/encoder.js';
import type { Architecture, Member, Network, Tf } from '../models/networks/network.js';
import type { Logits } from '../models/numbers.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import { fitMember, logitsOfMember, type Rows } from './loop.js';
import type { Matrix } from './matrix.js';
import type { LearnerName, TrainOptions } from './options.js';

/** The kinds of network a learner averages: itself, or both for the blend. */
export type NetworkKind = 'logistic' | 'mlp';

export function kindsOf(learner: LearnerName): NetworkKind[] {
  return learner === 'blend' ? ['logistic', 'mlp'] : [learner];
}

/** Fewer is simpler: how the selection rule orders learners. */
export const complexity: Record<LearnerName, number> = { logistic: 0, mlp: 1, blend: 2 };

export interface FittedNetwork {
  network: Network;
  /** Best epoch and stopping loss of each member. */
  epochs: number[];
  losses: number[];
  /** Rows passed through the loop. */
  rows: number;
}

/**
 * Fits one kind of network on `rows`: `members` of it, each stopped on its own share of the questions, drawn so that the
 * stopping shares of the members differ. Selection and stopping never see a question of theirs in the fitting rows.
 */
export function fitNetwork(
  tf: Tf,
  kind: NetworkKind,
  data: TrainingData,
  matrix: Matrix,
  encoder: Encoder,
  rows: Int32Array,
  options: TrainOptions,
  random: Random,
): FittedNetwork {
  const architecture: Architecture = {
    inputs: encodedWidth(encoder),
    hidden: kind === 'mlp' ? options.hidden : [],
    activation: 'silu',
    skip: kind === 'mlp',
  };
  const parts = Math.max(options.members, Math.round(1 / options.stopShare));
  const groups = Array.from(rows, (row) => data.groups[row]);
  const fold = foldsByGroup(groups, parts, random.fork('stop'), strataOf(data, rows));
  const members: Member[] = [];
  const epochs: number[] = [];
  const losses: number[] = [];
  let seen = 0;
  for (let k = 0; k < options.members; k++) {
    const fit = take(data, matrix, encoder, rows.filter((_, i) => fold[i] !== k));
    const stop = take(data, matrix, encoder, rows.filter((_, i) => fold[i] === k));
    const fitted = fitMember(tf, architecture, fit, stop, options[kind], random.fork(`member ${k}`));
    members.push(fitted.member);
    epochs.push(fitted.epochs);
    losses.push(fitted.loss);
    seen += fitted.rows;
  }
  return { network: { architecture, members }, epochs, losses, rows: seen };
}

/** Mean logit of a network's members for `rows`. */
export function logitsOf(tf: Tf, network: Network, encoder: Encoder, matrix: Matrix, rows: Int32Array): Logits {
  const x = encode(encoder, matrix.numeric, matrix.categories, rows);
  const mean = new Float64Array(rows.length);
  for (const member of network.members) {
    const z = logitsOfMember(tf, network.architecture, member, x);
    for (let i = 0; i < mean.length; i++) mean[i] += z[i] / network.members.length;
  }
  return mean;
}

/** What splits are balanced over: the (model, task) cell. */
export function strataOf(data: TrainingData, rows: Int32Array): string[] {
  return Array.from(rows, (row) => data.cells[data.cell[row]]);
}

function take(data: TrainingData, matrix: Matrix, encoder: Encoder, rows: Int32Array): Rows {
  return {
    x: encode(encoder, matrix.numeric, matrix.categories, rows),
    y: Float64Array.from(rows, (row) => data.y[row]),
    w: Float64Array.from(rows, (row) => data.w[row]),
  };
}
