import { foldsByGroup } from '../../data/split.js';
import { sliceIndexOf } from '../../models/calibrators/interval/slice-index.js';
import type { Probabilities } from '../../models/numbers.js';
import type { Predictor } from '../../models/predictor.js';
import { exceededBy } from '../../support/quantile.js';
import type { Random } from '../../support/random.js';
import type { EmbeddingsFit } from '../learn/embeddings/embeddings.js';
import type { WordsFit } from '../learn/text/words.js';
import { groupNames, strataOf } from '../prepare/strata.js';
import type { TrainingData } from '../prepare/training-data.js';
import { capacityFor } from './capacity.js';
import { crossFit } from './crossfit.js';
import { fitLearner } from './fit-learner.js';
import { type FitsOf, type FoldFits, foldFits } from './fold-fits.js';
import { foldsIn } from './fold-places.js';
import { fitText, fitVectors, layGround, layShift } from './ground.js';
import { chooseRecipe, type Recipe, type Said, sayOfFold } from './recipe.js';
import { type SimpleRival, simpleRival } from './select.js';

/** Which rows get a decision: the shift of the shipped predictor does not flag them. */
interface Decided {
  /** Probabilities of these rows; NaN for the others. */
  decided: Probabilities;
}

/** A predictor with everything that led to it. */
export interface FittedPredictor extends Recipe, Decided {
  predictor: Predictor;
  /** The shift above which an answer gets no decision: the share `shiftFlags` of the rows exceeds it out of fold. */
  shiftThreshold: number;
  /** How the chosen one stands against a base rate and one signal; null where these were no candidates. */
  rival: SimpleRival | null;
  /** The signal that Platt scaling of one signal reads; null where there is none. */
  signal: string | null;
  /** The text channel fitted on all rows; null where none is used. */
  words: WordsFit | null;
  /** The embedding channel fitted on all rows; null where none is used. */
  embeddings: EmbeddingsFit | null;
  /** What the predictors of the folds say; null where a part of the answers certifies. */
  crossed: Crossed | null;
  /** The fits that other predictors on the same folds may share the channels with. */
  fits: FoldFits;
}

/**
 * Nested cross-fitting: the recipe is repeated without the labels of each fold, and the resulting predictor scores that
 * fold. Each label trains and tests, but never tests a predictor that it trained.
 */
export interface Crossed {
  /** Fold of each row, and the folds that have rows; `recipes` go with `folds`. */
  fold: Int32Array;
  folds: number[];
  recipes: (Recipe & Decided)[];
  /** For all rows, each from the predictor that never saw its question. */
  said: Said & Decided;
}

/** The same before it is known which rows get a decision. */
interface FoldResults extends Pick<Crossed, 'fold' | 'folds'> {
  recipes: Recipe[];
  said: Said;
}

/** What a predictor is fitted on. */
interface FitPredictorOptions extends Omit<FitsOf, 'given'> {
  /** Whether the recipe is repeated without each fold. */
  isCrossed: boolean;
  /** A predictor on more signals of the same answers, whose channels are taken, where it uses them. */
  given?: FittedPredictor;
}

/** Folds by question for cross-fitting `rows`. */
export function crossFolds(data: TrainingData, rows: Int32Array, folds: number, random: Random): Int32Array {
  return foldsByGroup(groupNames(data, rows), folds, random, strataOf(data, rows));
}

/**
 * The whole recipe on `rows` and nothing else: cross-fit the candidates; choose learner and calibrator from out-of-fold
 * logits; refit the chosen one on all of `rows`.
 */
export async function fitPredictor(of: FitPredictorOptions): Promise<FittedPredictor> {
  const { pool, data, sheet, rows, random, progress, isCrossed, given, own } = of;
  const options = capacityFor(of.options, rows.length);
  const fits = foldFits({ ...of, options, random: random.fork('cross'), given: given?.fits });
  const crossed = isCrossed ? await fitCrossed(fits, { ...of, options }) : null;
  const cross = await crossFit({ data, options, fits, channels: given?.cross.channels });
  const recipe = chooseRecipe(data, sheet, cross, options, own?.calibrators);

  const forChannel = { pool, data, sheet, rows, options };
  const fitWords = () => fitText({ ...forChannel, random: random.fork('text') });
  const words = !cross.channels.words ? null : (given?.words ?? (await fitWords()));
  const fitEmbeddings = () => fitVectors({ ...forChannel, random: random.fork('embeddings') });
  const embeddings = !cross.channels.embeddings ? null : (given?.embeddings ?? (await fitEmbeddings()));
  const ground = await layGround({
    pool,
    sheet,
    rows,
    heldOut: new Int32Array(0),
    channels: { words, embeddings },
    plan: { ridges: [cross.ridge], hasSimple: true },
  });
  const shifts = await layShift({ pool, sheet, random }, ground);
  const parts = await Promise.all(
    recipe.shares.map(async ({ kind, stages, share }) => ({
      ...(await fitLearner(pool, sheet, kind, stages, {
        ground,
        at: 0,
        options,
        random: random.fork(`refit ${kind}`),
        learners: fits.learners,
      })),
      share,
    })),
  );
  const networks = parts.flatMap(({ network, share }) => (network === undefined ? [] : { network, share }));
  const trees = parts.find((part) => part.trees !== undefined);
  progress.add(1);
  const { sliced, calibration } = recipe;
  const shift = shifts.own!;
  const shiftThreshold = uncut(exceededBy(cross.shift!, options.shiftFlags), shift, options.shiftFlags);
  const predictor: Predictor = {
    signals: sheet.schema.numeric,
    text: words !== null,
    embeddings: embeddings !== null,
    encoder: ground.encoder,
    networks: networks.map(({ network }) => network),
    trees: trees?.trees ?? null,
    shares: { networks: networks.map(({ share }) => share), trees: trees?.share ?? 0 },
    sliceLines: sliced.sliceLines,
    sliceIndex: sliceIndexOf(sheet.schema.categorical),
    calibration: calibration.calibration,
    interval: recipe.interval,
    shift: { ...shifts.model, threshold: shiftThreshold },
  };
  const rival = simpleRival(data, rows, cross.learners, recipe.learners);
  const signal = sheet.schema.numeric[ground.simple!.column]?.replace(/@\d+$/, '') ?? null;
  const isShifted = shift.map((value) => (value > shiftThreshold ? 1 : 0));
  const decided = unshifted(recipe.probability, isShifted);
  return {
    ...recipe,
    shiftThreshold,
    decided,
    predictor,
    rival,
    signal,
    words,
    embeddings,
    crossed: crossed && decidedAsShipped(crossed, isShifted),
    fits,
  };
}

/** Room for the rounding of the graph, so that answers at the threshold count alike wherever they are scored. */
const ROUNDING = 1e-3;

/**
 * A shift threshold that does not separate answers that are all alike. Out of fold they have different values, because
 * each fold's fit differs, and the quantile may be among these values. The shipped fit gives them one value, which may
 * be above or below the quantile by chance. `shift`: the shift of each answer when it is left out.
 */
function uncut(threshold: number, shift: Float64Array, flags: number): number {
  return Math.max(threshold, exceededBy(shift, flags) * (1 + ROUNDING));
}

function unshifted(probability: Probabilities, isShifted: Float64Array): Probabilities {
  return probability.map((p, i) => (isShifted[i] ? Number.NaN : p));
}

/**
 * Nested cross-fitting certifies the answers that the shipped predictor decides: those that its own shift does not
 * flag. Each fold's predictor flags other answers. If many answers are alike, it may flag them in some folds only; then
 * the certified answers would differ from the accepted ones. Shift sees labels only through the logits of the
 * channels, few of its many inputs, so all folds use that of the shipped predictor.
 */
function decidedAsShipped({ fold, folds, recipes, said }: FoldResults, isShifted: Float64Array): Crossed {
  return {
    fold,
    folds,
    recipes: recipes.map((own, at) => {
      const inside = isShifted.filter((_, i) => fold[i] !== folds[at]);
      return { ...own, decided: unshifted(own.probability, inside) };
    }),
    said: { ...said, decided: unshifted(said.probability, isShifted) },
  };
}

/** Nested cross-fitting; a pair of folds left out is fitted once, as it serves either fold. */
async function fitCrossed(
  fits: FoldFits,
  { data, sheet, rows, options, given, own: ways }: FitPredictorOptions,
): Promise<FoldResults> {
  const { fold } = fits;
  const folds = foldsIn(fold);
  const nothing = () => new Float64Array(rows.length);
  const said: Said = {
    logit: nothing(),
    probability: nothing(),
    low: nothing(),
    high: nothing(),
  };
  const recipes = await Promise.all(
    folds.map(async (k) => {
      const channels = given?.crossed?.recipes[given.crossed.folds.indexOf(k)].cross.channels;
      const cross = await crossFit({ data, options, fits, without: [k], channels });
      const recipe = chooseRecipe(data, sheet, cross, options, ways?.calibrators);
      const own = await sayOfFold(fits, sheet, k, recipe);
      fits.places(k).forEach((i, at) => {
        for (const name of Object.keys(said) as (keyof Said)[]) said[name][i] = own[name][at];
      });
      return recipe;
    }),
  );
  return { fold, folds, recipes, said };
}
