import { calibrate } from '../../models/calibrators/list.js';
import { encodedWidth, fitEncoder } from '../../models/encoder.js';
import type { Network, Tf } from '../../models/networks/network.js';
import type { Probabilities } from '../../models/numbers.js';
import { progress } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import { chooseCalibration } from '../../train/calibrate.js';
import { crossFit } from '../../train/crossfit.js';
import type { TrainingData } from '../../train/data.js';
import { fitMlp, fitPath, kindsOf, logitsOf, networkOf, rowsOf } from '../../train/learner.js';
import { matrixOf } from '../../train/matrix.js';
import { parseOptions, type TrainOptions } from '../../train/options.js';
import { selectLearner } from '../../train/select.js';
import type { Task } from './tasks.js';

/** What of vouch is judged: `ours` on the peers' table alone, `ours+` with every signal it has by default. */
export const variants: Record<string, TrainOptions> = { ours: parseOptions({}) };

/** A variant's probabilities for the held rows of each task, and the seconds it took in all. */
export async function oursFor(
  name: string,
  tf: Tf,
  data: TrainingData,
  tasks: Task[],
  random: Random,
): Promise<{ parts: Probabilities[]; seconds: number }> {
  const started = performance.now();
  const parts: Probabilities[] = [];
  for (const [k, { fit, held }] of tasks.entries()) {
    parts.push(await fitOurs(tf, data, fit, held, variants[name], random.fork(`ours ${k}`)));
    process.stderr.write(`${name} ${k + 1}/${tasks.length}\n`);
  }
  return { parts, seconds: (performance.now() - started) / 1000 };
}

/**
 * The whole recipe on `fit` rows (cross-fitting by question inside, selection, calibration, refit), then probabilities for
 * `held` rows. Where `fit` holds one class: its rate, as every peer answers then.
 */
async function fitOurs(
  tf: Tf,
  data: TrainingData,
  fit: Int32Array,
  held: Int32Array,
  options: TrainOptions,
  random: Random,
): Promise<Probabilities> {
  const right = fit.reduce((sum, row) => sum + data.w[row] * data.y[row], 0);
  const weight = fit.reduce((sum, row) => sum + data.w[row], 0);
  if (right === 0 || right === weight) return new Float64Array(held.length).fill((right + 0.5) / (weight + 1));
  const matrix = matrixOf(data, fit);
  const silent = progress('', { quiet: true });
  const cross = await crossFit(tf, data, matrix, fit, options, random.fork('cross'), silent);
  const learner = selectLearner(data, fit, cross.logits).find(({ chosen }) => chosen)!.name;
  const { calibration } = chooseCalibration(data, fit, cross.fold, cross.logits.get(learner)!);

  const encoder = fitEncoder(matrix.numeric, fit, matrix.schema);
  const path = options.penalties.slice(0, options.penalties.indexOf(cross.penalty) + 1);
  const linear = (await fitPath(tf, encodedWidth(encoder), rowsOf(data, matrix, encoder, fit), path)).at(-1)!;
  const networks: Network[] = [];
  for (const kind of kindsOf(learner)) {
    if (kind === 'logistic') networks.push(networkOf(linear));
    else
      networks.push(await fitMlp(tf, data, matrix, encoder, fit, linear, cross.penalty, options, random.fork('mlp')));
  }
  const logits = new Float64Array(held.length);
  for (const network of networks) {
    const z = await logitsOf(tf, network, encoder, matrix, held);
    for (let i = 0; i < z.length; i++) logits[i] += z[i] / networks.length;
  }
  return calibrate(calibration, logits);
}
