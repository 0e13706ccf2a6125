import type { Manifest, Threshold } from '../../models/bundle/manifest.js';
import { emitModel } from '../../models/model.js';
import { silent } from '../../support/progress.js';
import type { Random } from '../../support/random.js';
import type { CertifiedPatterns } from '../certify/certify-patterns.js';
import { fitModel } from '../choose/fit-model.js';
import { ownWays } from '../choose/own-ways.js';
import type { TrainContext } from '../context.js';
import type { TrainOptions } from '../options.js';
import { undivided } from '../prepare/fit-and-certify.js';
import { matrixOf } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';
import { manifestOf } from './manifest-of.js';

/**
 * Whether the shipped predictor is trained again on all labels: on request, or if nothing was certified at any error
 * rate.
 */
export function wantsRefit({ refit }: Pick<TrainOptions, 'refit'>, certified: readonly CertifiedPatterns[]): boolean {
  if (refit !== 'auto') return refit === 'always';
  const none = (claims: readonly { threshold: number | null }[]) => claims.every(({ threshold }) => threshold === null);
  return certified.every(
    ({ thresholds, sliceClaims, alphaCoverage }) => none(thresholds) && none(sliceClaims) && none(alphaCoverage),
  );
}

const ADVICE =
  'The shipped predictor was trained on all labels, so no labels were left to certify it. It gives probabilities ' +
  'and accepts ' +
  'nothing.';

/** A claim about a predictor that is not shipped, so nothing is certified. */
export function withoutClaim<C extends Threshold>(claim: C): C {
  const none = { threshold: null, accepted: 0, acceptedGroups: 0, coverage: 0, error: null, cap: null };
  return { ...claim, ...none, advice: [claim.advice ?? '', ADVICE].join(' ').trim() };
}

/** The shipped model, trained on all labels: graph, manifest without a certified claim, and the rows it has seen. */
export async function refitted({
  data,
  options,
  context,
  thresholds,
  random,
}: {
  data: TrainingData;
  options: TrainOptions;
  context: TrainContext;
  thresholds: readonly Threshold[];
  random: Random;
}): Promise<{ graph: Uint8Array; manifest: Manifest; seen: Int32Array }> {
  const { fit: rows } = undivided(data);
  const shown = (context.show ?? silent)('refit', { unit: 'fits' });
  const fitted = await fitModel({
    pool: context.pool,
    data,
    matrix: matrixOf(data, rows),
    rows,
    options,
    random,
    progress: shown,
    own: ownWays(context.plugins),
  });
  shown.done();
  const manifest = manifestOf(fitted, { data, rows, options, context });
  manifest.thresholds = thresholds.map(withoutClaim);
  return { graph: emitModel(fitted.model, context.versions.vouch), manifest, seen: rows };
}
