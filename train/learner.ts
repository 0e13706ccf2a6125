import { foldsByGroup } from '../data/split.js';
import { type Encoder, encode, encodedWidth } from '../models/encoder.js';
import type { Architecture, Member, Network, Tf } from '../models/networks/network.js';
import type { Logits } from '../models/numbers.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import { fitMember, logitsOfMember, type Rows } from './loop.js';
import type { Matrix } from './matrix.js';
import { fitRidge, type Linear } from './newton.js';
import type { LearnerName, TrainOptions } from './options.js';

/** The kinds of network a learner averages: itself, or both for the blend. */
export type NetworkKind = 'logistic' | 'mlp';

export function kindsOf(learner: LearnerName): NetworkKind[] {
  return learner === 'blend' ? ['logistic', 'mlp'] : [learner];
}

/** Fewer is simpler: how the selection rule orders learners. */
export const complexity: Record<LearnerName, number> = { logistic: 0, mlp: 1, blend: 2 };

/** Logistic regression along a path of penalties, strongest first, each warm-started from the one before. */
export async function fitPath(tf: Tf, d: number, rows: Rows, penalties: number[]): Promise<Linear[]> {
  const path: Linear[] = [];
  for (const penalty of penalties) path.push(await fitRidge(tf, d, rows, penalty, path.at(-1)));
  return path;
}

/** A linear solution as a network without hidden layers. */
export function networkOf({ weights, intercept }: Linear): Network {
  const architecture: Architecture = { inputs: weights.length, hidden: [], activation: 'silu', skip: false };
  return { architecture, members: [[Float32Array.from(weights), Float32Array.of(intercept)]] };
}

/**
 * Fits the MLP on `rows`: `members` of it, each with its straight path started at the ridge solution of its own fitting rows
 * and stopped on its own share of the questions; the shares of the members differ. No question is in both.
 */
export async function fitMlp(
  tf: Tf,
  data: TrainingData,
  matrix: Matrix,
  encoder: Encoder,
  rows: Int32Array,
  from: Linear,
  penalty: number,
  options: TrainOptions,
  random: Random,
): Promise<Network> {
  const d = encodedWidth(encoder);
  const { hidden, ensemble } = options;
  const architecture: Architecture = { inputs: d, hidden, activation: 'silu', skip: true, ensemble };
  const parts = Math.max(options.members, Math.round(1 / options.stopShare));
  const groups = Array.from(rows, (row) => data.groups[row]);
  const fold = foldsByGroup(groups, parts, random.fork('stop'), strataOf(data, rows));
  const members: Member[] = [];
  for (let k = 0; k < options.members; k++) {
    const fit = rowsOf(
      data,
      matrix,
      encoder,
      rows.filter((_, i) => fold[i] !== k),
    );
    const stop = rowsOf(
      data,
      matrix,
      encoder,
      rows.filter((_, i) => fold[i] === k),
    );
    const start = await fitRidge(tf, d, fit, penalty, from);
    const fitted = await fitMember(tf, architecture, fit, stop, options.mlp, random.fork(`member ${k}`), start);
    members.push(fitted.member);
  }
  return { architecture, members };
}

/** Mean logit of a network's members for `rows`. */
export async function logitsOf(
  tf: Tf,
  network: Network,
  encoder: Encoder,
  matrix: Matrix,
  rows: Int32Array,
): Promise<Logits> {
  const x = encode(encoder, matrix.numeric, matrix.categories, rows);
  const mean = new Float64Array(rows.length);
  for (const member of network.members) {
    const z = await logitsOfMember(tf, network.architecture, member, x);
    for (let i = 0; i < mean.length; i++) mean[i] += z[i] / network.members.length;
  }
  return mean;
}

/** What splits are balanced over: the (model, task) cell. */
export function strataOf(data: TrainingData, rows: Int32Array): string[] {
  return Array.from(rows, (row) => data.cells[data.cell[row]]);
}

/** Encoded rows with their labels and weights. */
export function rowsOf(data: TrainingData, matrix: Matrix, encoder: Encoder, rows: Int32Array): Rows {
  return {
    x: encode(encoder, matrix.numeric, matrix.categories, rows),
    y: Float64Array.from(rows, (row) => data.y[row]),
    w: Float64Array.from(rows, (row) => data.w[row]),
  };
}
