import { foldsByGroup } from '../data/split.js';
import { fitEncoder } from '../models/encoder.js';
import type { Tf } from '../models/networks/network.js';
import type { Logits } from '../models/numbers.js';
import type { Progress } from '../support/progress.js';
import type { Random } from '../support/random.js';
import type { TrainingData } from './data.js';
import { fitNetwork, kindsOf, logitsOf, type NetworkKind, strataOf } from './learner.js';
import type { Matrix } from './matrix.js';
import type { LearnerName, TrainOptions } from './options.js';

/** Out-of-fold logits of every candidate over the fit rows, in the order of `rows`. */
export interface CrossFit {
  rows: Int32Array;
  /** Fold of each row; rows of a question share one. */
  fold: Int32Array;
  logits: Map<LearnerName, Logits>;
}

/**
 * Cross-fitting: each fold's logits come from networks fitted on the other folds. A blend is the mean of its kinds' logits,
 * so it costs nothing extra.
 */
export function crossFit(
  tf: Tf,
  data: TrainingData,
  matrix: Matrix,
  rows: Int32Array,
  options: TrainOptions,
  random: Random,
  progress: Progress,
): CrossFit {
  const groups = Array.from(rows, (row) => data.groups[row]);
  const fold = Int32Array.from(foldsByGroup(groups, options.folds, random.fork('folds'), strataOf(data, rows)));
  const kinds = [...new Set(options.learners.flatMap(kindsOf))];
  const byKind = new Map<NetworkKind, Logits>(kinds.map((kind) => [kind, new Float64Array(rows.length)]));
  for (let k = 0; k < options.folds; k++) {
    const fit = rows.filter((_, i) => fold[i] !== k);
    const held = rows.filter((_, i) => fold[i] === k);
    const encoder = fitEncoder(matrix.numeric, fit, matrix.schema);
    for (const kind of kinds) {
      const { network } = fitNetwork(tf, kind, data, matrix, encoder, fit, options, random.fork(`${kind} ${k}`));
      const z = logitsOf(tf, network, encoder, matrix, held);
      const all = byKind.get(kind) as Logits;
      let at = 0;
      for (let i = 0; i < rows.length; i++) if (fold[i] === k) all[i] = z[at++];
      progress.add(options.members);
    }
  }
  const logits = new Map<LearnerName, Logits>();
  for (const learner of options.learners) {
    const parts = kindsOf(learner).map((kind) => byKind.get(kind) as Logits);
    const mean = new Float64Array(rows.length);
    for (const part of parts) for (let i = 0; i < mean.length; i++) mean[i] += part[i] / parts.length;
    logits.set(learner, mean);
  }
  return { rows, fold, logits };
}
