import type { Manifest } from '../../models/bundle/manifest.js';
import { calibrate } from '../../models/calibrators/list.js';
import type { Logits, Probabilities } from '../../models/numbers.js';
import type { Scorer } from '../../scorer/scorer.js';
import { pick } from '../../support/pick.js';
import type { Random } from '../../support/random.js';
import { levelled } from '../bundle/model-facts.js';
import { type CertifiedPatterns, certifyPatterns } from '../certify/certify-patterns.js';
import { crossedTrial, splitTrial } from '../certify/trials.js';
import type { FittedModel } from '../choose/fit-model.js';
import type { Crossed, FittedPredictor } from '../choose/fit-predictor.js';
import { foldPlaces } from '../choose/fold-places.js';
import type { TrainOptions } from '../options.js';
import type { FitAndCertify } from '../prepare/fit-and-certify.js';
import type { Matrix } from '../prepare/matrix.js';
import type { TrainingData } from '../prepare/training-data.js';
import { type Baseline, fitBaselines } from './baselines.js';
import { coveredOnly } from './decisions.js';
import { asIfOnly, certifyHidden, claimsOf, type HiddenPattern, type ScoredRows, scoreRows } from './score-rows.js';

/**
 * What judges a model: answers, predictions for them by a predictor that has not seen their labels, and the claims that
 * they certify.
 */
interface Judged {
  rows: Int32Array;
  scored: ScoredRows;
  /** The probabilities if every logit were divided by this temperature before calibration. */
  atTemperature: (temperature: number) => Probabilities;
  /** Fitted on request. */
  baselines: () => Baseline[];
  certified: CertifiedPatterns;
  hidden: HiddenPattern[];
}

interface JudgeOptions {
  scorer: Scorer;
  manifest: Pick<Manifest, 'thresholds' | 'decisions' | 'data'>;
  data: TrainingData;
  /** As in the fit, and with the schema that ships. */
  matrix: Matrix;
  shipped: Matrix;
  parts: FitAndCertify;
  fitted: FittedModel;
  options: TrainOptions;
  random: Random;
  /** Whether only the claims are wanted, without what only the report shows. */
  isBrief?: boolean;
}

/**
 * Judges what ships: on the certify part by the scorer itself, or by nested cross-fitting if all answers trained it.
 */
export function judge(given: JudgeOptions): Promise<Judged> {
  return given.fitted.main.crossed === null ? judgeSplit(given) : judgeCrossed(given, given.fitted.main.crossed);
}

/** Uses the certify part once, with exactly what ships. */
async function judgeSplit(given: JudgeOptions): Promise<Judged> {
  const { scorer, manifest, data, matrix, shipped, parts, fitted, options, random, isBrief } = given;
  const { main, fittedPatterns, fold } = fitted;
  const scored = await scoreRows(scorer, data, shipped, parts.certify);
  const covered = (rows: Int32Array, p: Probabilities) => coveredOnly(manifest, data, rows, p);
  const claims = { data, deciding: claimsOf(data, parts, fittedPatterns, options), options, random, isBrief };
  const before = covered(parts.fit, main.decided);
  const trial = splitTrial({ data, parts, before, probability: covered(parts.certify, scored.decided) });
  const logit = levelled(main.predictor, matrix, parts.certify, scored.logit);
  const { calibration } = main.calibration;
  return {
    rows: parts.certify,
    scored,
    atTemperature: (temperature) => calibrate(calibration, dividedBy(logit, temperature)),
    baselines: () => fitBaselines(data, matrix, parts.fit, fold),
    certified: certifyPatterns({ ...claims, trial }),
    hidden: await certifyHidden({ ...claims, scorer, matrix: shipped, parts, fittedPatterns, covered }),
  };
}

/** Judges each answer by the predictor that has not seen its question. The shipped predictor accepts the same share. */
async function judgeCrossed(given: JudgeOptions, crossed: Crossed): Promise<Judged> {
  const { manifest, data, matrix, parts, fitted, options, random, isBrief } = given;
  const { main, fittedPatterns } = fitted;
  const { fold, recipes, said } = crossed;
  const claims = { data, deciding: claimsOf(data, parts, fittedPatterns, options), options, random, isBrief };
  const trialOf = (own: FittedPredictor, rows: Int32Array, seen: TrainingData) =>
    crossedTrialOf(own, rows, seen, (p) => coveredOnly(manifest, data, rows, p));
  const hidden = fittedPatterns.map((fittedPattern): HiddenPattern => {
    const { pattern, rows, fitted: own } = fittedPattern;
    const seen = asIfOnly(data, pattern);
    const certified = certifyPatterns({ ...claims, data: seen, trial: trialOf(own, rows, seen), basis: 'hidden' });
    return { fittedPattern, rows, scored: (own.crossed as Crossed).said, certified };
  });
  return {
    rows: parts.certify,
    scored: said,
    atTemperature: (temperature) => {
      const all = new Float64Array(parts.certify.length);
      foldPlaces(fold).forEach(({ heldOut }, k) => {
        const z = dividedBy(pick(said.logit, heldOut), temperature);
        calibrate(recipes[k].calibration.calibration, z).forEach((p, at) => {
          all[heldOut[at]] = p;
        });
      });
      return all;
    },
    baselines: () => crossedBaselines(data, matrix, parts.fit, crossed),
    certified: certifyPatterns({ ...claims, trial: trialOf(main, parts.fit, data) }),
    hidden,
  };
}

function crossedTrialOf(
  own: FittedPredictor,
  rows: Int32Array,
  data: TrainingData,
  covered: (p: Probabilities) => Probabilities,
) {
  const { fold, folds, recipes, said } = own.crossed as Crossed;
  return crossedTrial({
    data,
    rows,
    fold,
    heldOut: covered(said.decided),
    folds: folds.map((k, at) => ({ fold: k, before: covered(outsideFold(fold, k, recipes[at].decided)) })),
    shipped: covered(own.decided),
  });
}

/** Values of the rows outside a fold, at their indexes among all rows; NaN for the rows of the fold. */
function outsideFold(fold: Int32Array, k: number, values: Probabilities): Probabilities {
  let at = 0;
  return Float64Array.from(fold, (own) => (own === k ? Number.NaN : values[at++]));
}

/** The baselines, cross-fitted over the same folds. Their descriptions are those of the fit on all rows. */
function crossedBaselines(
  data: TrainingData,
  matrix: Matrix,
  rows: Int32Array,
  { fold }: Pick<Crossed, 'fold'>,
): Baseline[] {
  const said = fitBaselines(data, matrix, rows, fold);
  const place = new Map(Array.from(rows, (row, i) => [row, i]));
  const values = said.map(() => new Float64Array(rows.length));
  for (const { inside, heldOut } of foldPlaces(fold)) {
    const own = fitBaselines(
      data,
      matrix,
      inside.map((i) => rows[i]),
      inside.map((i) => fold[i]),
    );
    said.forEach(({ name }, b) => {
      const found = own.find((each) => each.name === name) ?? own[0];
      found.predict(heldOut.map((i) => rows[i])).forEach((p, at) => {
        values[b][heldOut[at]] = p;
      });
    });
  }
  return said.map((baseline, b) => ({
    ...baseline,
    predict: (at) => Float64Array.from(at, (row) => values[b][place.get(row) as number]),
  }));
}

function dividedBy(logits: Logits, temperature: number): Logits {
  return logits.map((z) => z / temperature);
}
