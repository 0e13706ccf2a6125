import type { Probabilities } from '../models/numbers.js';
import type { Scorer } from '../scorer/scorer.js';
import type { Random } from '../support/random.js';
import { type CertifiedPatterns, certifyPatterns } from '../train/certify/certify-patterns.js';
import { splitTrial } from '../train/certify/trials.js';
import { shippable } from '../train/certify/withheld.js';
import { coveredOnly } from '../train/examine/decisions.js';
import { certifyHidden, claimsOf, scoreRows } from '../train/examine/score-rows.js';
import { leaks } from '../train/examine/suspect/leaks.js';
import type { TrainOptions } from '../train/options.js';
import type { FitAndCertify } from '../train/prepare/fit-and-certify.js';
import type { Matrix } from '../train/prepare/matrix.js';
import { placesBy } from '../train/prepare/places.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import type { AdaptedModel } from './adapt-model.js';
import { crossedOf } from './crossed.js';

interface CertifyAdaptedOptions {
  scorer: Scorer;
  data: TrainingData;
  matrix: Matrix;
  parts: FitAndCertify;
  model: AdaptedModel;
  given: TrainOptions;
  random: Random;
}

/**
 * Certifies an adapted model in the same way as training does: each pattern on the answers that have it, and each
 * pattern with its own predictor with the other groups of signals hidden. If no answers were kept for this, every claim
 * says so, and says how many labels it would need.
 */
export async function certifyAdapted({
  scorer,
  data,
  matrix,
  parts,
  model,
  given,
  random,
}: CertifyAdaptedOptions): Promise<CertifiedPatterns> {
  const options = { ...given, patternRows: given.adaptLabels };
  const scored = await scoreRows(scorer, data, matrix, parts.certify);
  const { decided: before } = crossedOf(parts.fit, model);
  const covered = (rows: Int32Array, p: Probabilities) => coveredOnly(scorer.manifest, data, rows, p);
  const natural = placesBy(parts.fit, (row) => data.pattern[row]);
  const isKnown = (pattern: string) => (natural.get(pattern)?.length ?? 0) >= options.patternRows;
  const fittedPatterns = model.adapted.flatMap(({ pattern, rows, decided }) =>
    pattern === null || isKnown(pattern) ? [] : { pattern, rows, fitted: { decided } },
  );
  const claims = claimsOf(data, parts, fittedPatterns, options);
  const trial = splitTrial({
    data,
    parts,
    before: covered(parts.fit, before),
    probability: covered(parts.certify, scored.decided),
  });
  const claimed = { data, deciding: claims, options, random };
  const recorded = certifyPatterns({ ...claimed, trial });
  const hidden = await certifyHidden({ ...claimed, scorer, matrix, parts, fittedPatterns, covered });
  const own = hidden.flatMap(({ certified }) => certified.thresholds);
  return shippable(
    { ...recorded, thresholds: [...recorded.thresholds, ...own] },
    leaks(data, parts.fit),
    options.allowLeak,
  );
}
