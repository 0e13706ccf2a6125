import type { Scored } from '../../metrics/scored.js';
import type { Random } from '../../support/random.js';
import { type Sight, sights } from '../../train/certify/outlook.js';
import {
  type CandidatePlan,
  candidatesFrom,
  type ThresholdCandidate,
} from '../../train/certify/threshold-candidates.js';
import { type Judged, judge } from './judged.js';
import type { Drawable, Sample } from './population.js';
import { type Fitted, fitRecipe, foldsOf } from './recipe.js';

export const FOLDS = 5;

/** A predictor, and what is known about it before and after its labels are tested. */
export interface Trained {
  fitted: Fitted;
  judged: Judged;
  /** Candidate thresholds from its out-of-fold answers. */
  candidates: (plan: CandidatePlan) => ThresholdCandidate[];
}

/** A predictor with the unseen answers on which it is tested. */
export interface Tried extends Trained {
  held: Scored & { group: Int32Array; weight: Float64Array };
}

/** Everything that is fitted for one sample; it does not depend on α. */
export interface Fits {
  sample: Sample;
  /** The split with its candidates: with the current caps, and without a cap below the heaviest question. */
  split: Tried;
  uncapped: Tried;
  folds: Tried[];
  /** Trained on all. */
  whole: Trained;
  /** Trained on the previous blocks, tested on the next one. Empty unless requested. */
  blocks: Tried[];
}

export function fitsOf(
  population: Drawable,
  sample: Sample,
  random: Random,
  { prequential = false }: { prequential?: boolean } = {},
): Fits {
  const all = Int32Array.from(sample.row.keys());
  const trained = (at: Int32Array, name: string): Trained => {
    const fitted = fitRecipe(population, sample, at, random.fork(name));
    return { fitted, judged: judge(population, fitted.probability), candidates: candidatesOf(sample, fitted, false) };
  };
  const tried = (fold: Int32Array, part: (f: number) => 'fit' | 'held' | 'neither', name: string): Tried => {
    const at = (wanted: string) => all.filter((i) => part(fold[i]) === wanted);
    const own = trained(at('fit'), name);
    const held = at('held');
    const said = Float64Array.from(held, (i) => own.fitted.probability[sample.row[i]]);
    return { ...own, held: scored(sample, held, said) };
  };
  const tenths = foldsOf(sample, all, 10, random.fork('tenths'));
  const kept = sample.groups < 600 ? 3 : 2;
  const fold = foldsOf(sample, all, FOLDS, random.fork('folds'));
  const block = foldsOf(sample, all, FOLDS, random.fork('blocks'));
  const uncapped = tried(tenths, (f) => (f < kept ? 'held' : 'fit'), 'split');
  const several = population.questions.some((rows) => rows.length > 1);
  return {
    sample,
    split: { ...uncapped, candidates: candidatesOf(sample, uncapped.fitted, several) },
    uncapped,
    folds: Array.from({ length: FOLDS }, (_, k) => tried(fold, (f) => (f === k ? 'held' : 'fit'), `fold ${k}`)),
    whole: trained(all, 'whole'),
    blocks: (prequential ? [2, 3, 4] : []).map((b) =>
      tried(block, (f) => (f < b ? 'fit' : f === b ? 'held' : 'neither'), `block ${b}`),
    ),
  };
}

/**
 * Candidates of a predictor; `capped`: each may cap questions below the heaviest. The probabilities are looked at once
 * for all α.
 */
function candidatesOf(sample: Sample, { at, outOfFold }: Fitted, capped: boolean): Trained['candidates'] {
  let seen: Sight[] | undefined;
  return (plan) => {
    seen ??= sights(scored(sample, at, outOfFold)).map((sight) =>
      capped ? sight : { ...sight, sums: sight.sums.slice(0, 1) },
    );
    return candidatesFrom(seen, plan);
  };
}

function scored(sample: Sample, at: Int32Array, probability: Float64Array) {
  return {
    probability,
    label: Float64Array.from(at, (i) => sample.label[i]),
    weight: Float64Array.from(at, (i) => sample.weight[i]),
    group: at.map((i) => sample.group[i]),
  };
}
