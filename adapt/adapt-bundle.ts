import type { Bundle } from '../models/bundle/read.js';
import type { TrainOptions } from '../train/options.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import { openAdaptation } from './adaptation.js';
import { type AdaptedBundle, adaptedBundle } from './adapted-bundle.js';
import type { AdaptContext } from './context.js';
import { chooseParts } from './parts.js';

/**
 * Adapts a trained bundle to labelled answers of a new task or model. It corrects the level and slope of the
 * predictors, and their weights as far as cross-validation shows that there are enough labels. If there are enough
 * questions to certify anything, a part of them is kept out of the adaptation and certifies new thresholds. Otherwise
 * all answers adapt, and the bundle gives no decision. The promises of the old bundle are about other answers, so they
 * are dropped. Errors: the codes of `checkData`; BUNDLE_BAD if the layout of the graph is unknown.
 */
export async function adaptBundle(
  bundle: Bundle,
  collected: TrainingData,
  options: TrainOptions,
  context: AdaptContext,
): Promise<AdaptedBundle> {
  const adaptation = await openAdaptation(bundle, collected, options, context);
  try {
    const { parts, adapted } = await chooseParts(adaptation.data, options, adaptation.seed.fork('parts'), (rows) =>
      adaptation.changed('adapt', rows),
    );
    return await adaptedBundle(adaptation, { change: 'adapt', parts, adapted });
  } finally {
    await adaptation.trained.close();
  }
}
