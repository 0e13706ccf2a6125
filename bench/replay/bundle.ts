import type { Manifest } from '../../models/bundle/manifest.js';
import { emitModel } from '../../models/model.js';
import { scorerOf } from '../../scorer/open.js';
import { progress } from '../../support/progress.js';
import { random } from '../../support/random.js';
import { manifestOf } from '../../train/bundle/manifest-of.js';
import { shippable } from '../../train/certify/withheld.js';
import { fitModel } from '../../train/choose/fit-model.js';
import type { TrainContext } from '../../train/context.js';
import { judge } from '../../train/examine/judged.js';
import { leaks } from '../../train/examine/suspect/leaks.js';
import { parseOptions, type TrainOptions } from '../../train/options.js';
import { partsOf, undivided } from '../../train/prepare/fit-and-certify.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';

export type Way = 'split' | 'cross';

/** The full default recipe, for a few draws that show whether it behaves like the light one. */
export function wholeRecipe(way: Way, targetError: number, patterns: string[]): TrainOptions {
  return parseOptions({ certify: way, targetError, patterns, resamples: 10, refit: 'never' });
}

/**
 * The light recipe: logistic regression with one ridge, a predictor for the free pattern, and nothing that only the
 * report shows.
 */
export function lightRecipe(way: Way, targetError: number, patterns: string[]): TrainOptions {
  return parseOptions({
    certify: way,
    targetError,
    learners: ['logistic'],
    patternLearners: ['logistic'],
    patterns,
    words: { length: 0, buckets: 1 },
    penalties: [10],
    adaptive: [0],
    sliceStrengths: [16],
    resamples: 10,
    refit: 'never',
  });
}

/**
 * The steps of train/train.ts from answers to claims, without what only the report shows. It fits once and certifies
 * for each α.
 */
export async function bundlesFor(
  data: TrainingData,
  {
    way,
    alphas,
    patterns,
    context,
    isWhole = false,
  }: { way: Way; alphas: readonly number[]; patterns: string[]; context: TrainContext; isWhole?: boolean },
): Promise<{ graph: Uint8Array; manifests: Manifest[] }> {
  const options = (isWhole ? wholeRecipe : lightRecipe)(way, alphas[0], patterns);
  const seed = random(options.seed);
  const isCrossed = way === 'cross';
  const parts = isCrossed ? undivided(data) : partsOf(data, options, seed.fork('parts'));
  const matrix = matrixOf(data, parts.fit);
  const quiet = progress('replay', { unit: 'fits', quiet: true });
  const fitted = await fitModel({
    pool: context.pool,
    data,
    matrix,
    rows: parts.fit,
    options,
    random: seed.fork('fit'),
    progress: quiet,
    isCrossed,
  });
  const graph = emitModel(fitted.model, context.versions.vouch);
  const manifest = manifestOf(fitted, { data, rows: parts.fit, options, context });
  const scorer = await scorerOf(graph, manifest);
  const shipped = { ...matrix, schema: fitted.model.schema };
  const leaked = leaks(data, parts.fit);
  const manifests: Manifest[] = [];
  for (const alpha of alphas) {
    const own = (isWhole ? wholeRecipe : lightRecipe)(way, alpha, patterns);
    const task = { scorer, manifest, data, matrix, shipped, parts, fitted, options: own };
    const { certified, hidden } = await judge({ ...task, isBrief: true, random: seed.fork('certify') });
    const claims = [certified, ...hidden.map((each) => each.certified)];
    const thresholds = claims.flatMap((each) => shippable(each, leaked, own.allowLeak).thresholds);
    manifests.push({ ...manifest, options: own, thresholds });
  }
  await scorer.close();
  return { graph, manifests };
}
