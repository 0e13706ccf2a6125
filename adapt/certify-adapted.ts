import type { Probabilities } from '../models/numbers.js';
import type { Scorer } from '../scorer/scorer.js';
import { append } from '../support/append.js';
import type { Random } from '../support/random.js';
import { type CertifiedPatterns, type CertifyTrial, certifyPatterns } from '../train/certify/certify-patterns.js';
import { crossedTrial, splitTrial } from '../train/certify/trials.js';
import { shippable } from '../train/certify/withheld.js';
import { coveredOnly } from '../train/examine/decisions.js';
import { asIfOnly, certifyHidden, claimsOf, scoreRows } from '../train/examine/score-rows.js';
import { leaks } from '../train/examine/suspect/leaks.js';
import type { TrainOptions } from '../train/options.js';
import type { FitAndCertify } from '../train/prepare/fit-and-certify.js';
import type { Matrix } from '../train/prepare/matrix.js';
import { placesBy } from '../train/prepare/places.js';
import type { TrainingData } from '../train/prepare/training-data.js';
import type { AdaptedModel } from './adapt-model.js';
import { crossedOf } from './crossed.js';
import type { Nested, SaidByFolds } from './nested/said-by-folds.js';

interface CertifyAdaptedOptions {
  scorer: Scorer;
  data: TrainingData;
  matrix: Matrix;
  parts: FitAndCertify;
  model: AdaptedModel;
  /** What the fold predictors say, if all answers fit and certify. Null: the certify part certifies. */
  nested: Nested | null;
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
  nested,
  given,
  random,
}: CertifyAdaptedOptions): Promise<CertifiedPatterns> {
  const options = { ...given, patternRows: given.adaptLabels };
  const { decided: before } = crossedOf(parts.fit, model);
  const covered = (rows: Int32Array, p: Probabilities) => coveredOnly(scorer.manifest, data, rows, p);
  const natural = placesBy(parts.fit, (row) => data.pattern[row]);
  const isKnown = (pattern: string) => (natural.get(pattern)?.length ?? 0) >= options.patternRows;
  const fittedPatterns = model.adapted.flatMap(({ pattern, rows, decided }) =>
    pattern === null || isKnown(pattern) ? [] : { pattern, rows, fitted: { decided } },
  );
  const claimed = { data, deciding: claimsOf(data, parts, fittedPatterns, options), options, random };
  const byFolds = (own: SaidByFolds, seen: TrainingData, shipped: Probabilities): CertifyTrial => {
    const { rows, fold, said, folds } = own;
    return crossedTrial({
      ...{ data: seen, rows, fold, shipped: covered(rows, shipped), heldOut: covered(rows, said.decided) },
      folds: folds.map((each) => ({ fold: each.fold, before: covered(rows, each.before) })),
    });
  };
  let recorded: CertifiedPatterns;
  const own: CertifiedPatterns['thresholds'] = [];
  if (nested === null) {
    const { decided } = await scoreRows(scorer, data, matrix, parts.certify);
    const probability = covered(parts.certify, decided);
    const trial = splitTrial({ data, parts, before: covered(parts.fit, before), probability });
    recorded = certifyPatterns({ ...claimed, trial });
    const hidden = await certifyHidden({ ...claimed, scorer, matrix, parts, fittedPatterns, covered });
    for (const { certified } of hidden) append(own, certified.thresholds);
  } else {
    recorded = certifyPatterns({ ...claimed, trial: byFolds(nested, data, before) });
    for (const { pattern, fitted } of fittedPatterns) {
      const seen = asIfOnly(data, pattern);
      const trial = byFolds(nested.hidden.get(pattern)!, seen, fitted.decided);
      append(own, certifyPatterns({ ...claimed, data: seen, trial, basis: 'hidden' }).thresholds);
    }
  }
  return shippable(
    { ...recorded, thresholds: [...recorded.thresholds, ...own] },
    leaks(data, parts.fit),
    options.allowLeak,
  );
}
