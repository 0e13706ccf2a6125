import { foldsByGroup } from '../data/split.js';
import { type Encoder, encodedWidth, fitEncoder } from '../models/encoder.js';
import type { Network, Tf } from '../models/networks/network.js';
import type { Logits } from '../models/numbers.js';
import type { Progress } from '../support/progress.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import { fitMlp, fitPath, kindsOf, logitsOf, type NetworkKind, networkOf, rowsOf, strataOf } from './learner.js';
import type { Matrix } from './matrix.js';
import type { Linear } from './newton.js';
import type { LearnerName, TrainOptions } from './options.js';
import { rowLosses, weightedMean } from './select.js';

/** Out-of-fold logits of every candidate over the fit rows, in the order of `rows`. */
export interface CrossFit {
  rows: Int32Array;
  /** Fold of each row; rows of a question share one. */
  fold: Int32Array;
  logits: Map<LearnerName, Logits>;
  /** The ridge penalty with the least out-of-fold log-loss, and that of each on the path. */
  penalty: number;
  penalties: { penalty: number; logLoss: number }[];
}

/** One fold: rows fitted on, held places in `rows` and the rows there, and what was fitted. */
interface Fold {
  fit: Int32Array;
  held: Int32Array;
  at: Int32Array;
  encoder: Encoder;
  path: Linear[];
}

/**
 * Cross-fitting: each fold's logits come from learners fitted on the other folds. First logistic regression along its path
 * of penalties, which chooses the penalty; then the MLP, which starts from it. A blend is the mean of its kinds' logits.
 */
export async function crossFit(
  tf: Tf,
  data: TrainingData,
  matrix: Matrix,
  rows: Int32Array,
  options: TrainOptions,
  random: Random,
  progress: Progress,
): Promise<CrossFit> {
  const groups = Array.from(rows, (row) => data.groups[row]);
  const fold = foldsByGroup(groups, options.folds, random.fork('folds'), strataOf(data, rows));
  const folds: Fold[] = [];
  for (let k = 0; k < options.folds; k++) {
    const fit = rows.filter((_, i) => fold[i] !== k);
    const held = Int32Array.from(fold.keys()).filter((i) => fold[i] === k);
    const encoder = fitEncoder(matrix.numeric, fit, matrix.schema);
    const path = await fitPath(tf, encodedWidth(encoder), rowsOf(data, matrix, encoder, fit), options.penalties);
    folds.push({ fit, held, at: held.map((i) => rows[i]), encoder, path });
    progress.add(1);
  }
  const gather = async (networkIn: (fold: Fold, k: number) => Network | Promise<Network>): Promise<Logits> => {
    const all = new Float64Array(rows.length);
    for (const [k, each] of folds.entries()) {
      const z = await logitsOf(tf, await networkIn(each, k), each.encoder, matrix, each.at);
      each.held.forEach((i, at) => {
        all[i] = z[at];
      });
    }
    return all;
  };
  const alongPath: Logits[] = [];
  for (const p of options.penalties.keys()) alongPath.push(await gather(({ path }) => networkOf(path[p])));
  const penalties = alongPath.map((z, p) => ({
    penalty: options.penalties[p],
    logLoss: weightedMean(data, rows, rowLosses(data, rows, z)),
  }));
  const best = penalties.reduce((least, { logLoss }, p) => (logLoss < penalties[least].logLoss ? p : least), 0);
  const byKind = new Map<NetworkKind, Logits>([['logistic', alongPath[best]]]);
  if (options.learners.some((learner) => kindsOf(learner).includes('mlp'))) {
    const mlpIn = async ({ fit, encoder, path }: Fold, k: number) => {
      const own = random.fork(`mlp ${k}`);
      const network = await fitMlp(tf, data, matrix, encoder, fit, path[best], options.penalties[best], options, own);
      progress.add(options.members);
      return network;
    };
    byKind.set('mlp', await gather(mlpIn));
  }
  const logits = new Map<LearnerName, Logits>();
  for (const learner of options.learners) {
    const parts = kindsOf(learner).map((kind) => byKind.get(kind) as Logits);
    logits.set(
      learner,
      parts[0].map((_, i) => parts.reduce((sum, part) => sum + part[i], 0) / parts.length),
    );
  }
  return { rows, fold, logits, penalty: options.penalties[best], penalties };
}
