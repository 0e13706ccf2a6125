import type { Manifest } from '../../models/bundle/manifest.js';
import { scorerOf } from '../../scorer/open.js';
import type { TrainContext } from '../../train/context.js';
import { scoreRows } from '../../train/examine/score-rows.js';
import type { TrainOptions } from '../../train/options.js';
import { matrixFor } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import { train } from '../../train/train.js';

/** Predictions for unseen answers by a predictor that the whole procedure of `vouch train` trained on `data`. */
export async function heldOut(
  data: TrainingData,
  options: TrainOptions,
  context: TrainContext,
): Promise<{ rows: Int32Array; probability: Float64Array }> {
  const { files, manifest, certify } = await train(data, options, context);
  const scorer = await scorerOf(files['model.onnx'] as Uint8Array, { ...manifest, files: {} } as Manifest);
  const matrix = matrixFor(data, manifest.signals as Manifest['signals']);
  const { probability } = await scoreRows(scorer, data, matrix, certify);
  await scorer.close();
  return { rows: certify, probability };
}
