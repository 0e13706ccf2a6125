import type { Bundle } from '../models/bundle/read.js';
import type { CompiledPredictor } from '../models/compiled.js';
import type { Model } from '../models/model.js';
import { readCompiled } from '../models/read.js';
import { scorerOf } from '../scorer/open.js';
import type { Scorer } from '../scorer/scorer.js';
import { VouchError } from '../support/errors.js';
import { type Random, random } from '../support/random.js';
import type { TrainOptions } from '../train/options.js';
import { asRead } from '../train/prepare/as-read.js';
import { checkData } from '../train/prepare/gate.js';
import { type Matrix, matrixFor } from '../train/prepare/matrix.js';
import { checkSlices } from '../train/prepare/slices.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { withSignals } from '../train/prepare/with-signals.js';
import { type AdaptedModel, adaptModel } from './adapt-model.js';
import type { Change } from './change.js';
import type { AdaptContext } from './context.js';

/** A bundle that is to be changed, and the new answers, read as it reads them. */
export interface Adaptation {
  bundle: Bundle;
  data: TrainingData;
  matrix: Matrix;
  /** The scorer of the bundle as trained. The caller closes it. */
  trained: Scorer;
  model: Model<CompiledPredictor>;
  options: TrainOptions;
  context: AdaptContext;
  seed: Random;
  /** Makes a change from the labels of these rows. */
  changed(change: Change, rows: Int32Array): Promise<AdaptedModel>;
}

/**
 * Reads the predictors of a bundle back from its graph, and the new answers with its signals. Errors: the codes of
 * `checkData`; BUNDLE_BAD if the layout of the graph is unknown.
 */
export async function openAdaptation(
  bundle: Bundle,
  collected: TrainingData,
  options: TrainOptions,
  context: AdaptContext,
): Promise<Adaptation> {
  const { signals } = bundle.manifest;
  const found = withSignals(collected, options.signals);
  const data = asRead(found, { ...signals, numeric: [...signals.numeric, ...found.signals.names] });
  checkData(data, { ...options, minLabels: options.adaptLabels, minGroups: options.adaptGroups });
  checkSlices(data, options.sliceBy);
  const graph = bundle.files.get('model.onnx')!;
  const model = readCompiled(graph, signals);
  if (model === null) {
    throw new VouchError(
      'BUNDLE_BAD',
      'another version wrote this model with parts that this version does not know, so it cannot be adapted',
      {
        file: bundle.dir,
        hint: 'Train it again with this version.',
      },
    );
  }
  const seed = random(options.seed);
  const trained = await scorerOf(graph, bundle.manifest, { plugins: context.plugins ?? [] });
  const matrix = matrixFor(data, signals);
  const changed = (change: Change, rows: Int32Array) =>
    adaptModel({ change, scorer: trained, model, data, matrix, rows, options, random: seed.fork('adapt') });
  return { bundle, data, matrix, trained, model, options, context, seed, changed };
}
