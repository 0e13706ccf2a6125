import { adapt } from '../../adapt/adapt.js';
import { foldsByGroup } from '../../data/split.js';
import { effectiveNumber } from '../../metrics/interval/effective-number.js';
import type { Scored } from '../../metrics/scored.js';
import { sigmoid } from '../../models/numbers.js';
import type { ScoredAnswer } from '../../monitor/answer.js';
import { drawLabels } from '../../monitor/queue/draw.js';
import { compareChanges } from '../../recalibrate/candidates.js';
import { pick } from '../../support/pick.js';
import { type Random, random } from '../../support/random.js';
import { certifyClaim } from '../../train/certify/claim.js';
import { certifyCrossed } from '../../train/certify/crossed.js';
import { foldPlaces } from '../../train/choose/fold-places.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { Population } from './population.js';

/** A line on the logit of the version in service, with the certified threshold. */
export interface Certified {
  intercept: number;
  slope: number;
  threshold: number;
}

interface Plan {
  labels: number;
  /** Whether a random half of the answers is labelled with a tenth of the chance of the queue. */
  isUneven: boolean;
  alpha: number;
  delta: number;
  seed: string;
}

const [PER_WEEK, QUEUE, FLOOR, FOLDS] = [250, 65, 0.25, 5];
/** Of an uneven draw: what remains of the chance. */
const RARE = 0.1;

/** Labels of the queue: places in the population, labels, and the weights of their draws. */
interface Sample {
  z: Float64Array;
  y: Float64Array;
  w: Float64Array;
  group: Int32Array;
}

/** Draws labels as the queue does, and recalibrates in both ways. */
export function recalibratedOnce(
  population: Population,
  { labels, isUneven, alpha, delta, seed }: Plan,
): { effective: number; split: Certified | null; cross: Certified | null } {
  const draw = random(seed);
  const sample = queued(population, { labels, isUneven, alpha }, draw.fork('queue'));
  const shares = { certifyShare: 0.5, certifyShareSmall: 0.5, smallGroups: 0, groups: sample.z.length };
  const wanted = { alpha, delta, floor: 0, shares, isBrief: true };
  const all = Int32Array.from(sample.z.keys());
  const half = Math.floor(all.length / 2);
  const order = draw.fork('parts').shuffle(all.slice());
  const [fit, held] = [order.slice(0, half).sort(), order.slice(half).sort()];

  const own = chosenOn(sample, fit, draw);
  const split = certifyClaim(scored(sample, fit, own.outOfFold), own.on(held), wanted, draw.fork('bets')).certified;

  const whole = chosenOn(sample, all, draw);
  const fold = foldsByGroup(
    Array.from(all, String),
    FOLDS,
    draw.fork('folds'),
    Array.from(all, () => ''),
  );
  const folds = foldPlaces(fold).map(({ inside, heldOut }) => {
    // a predictor that no label has changed is the same in all folds
    const each = whole.isChanged ? chosenOn(sample, inside, draw) : unchanged(sample, inside);
    return { before: scored(sample, inside, each.outOfFold), heldOut: each.on(heldOut) };
  });
  const shipped = scored(sample, all, whole.outOfFold);
  const cross = certifyCrossed({ folds, shipped }, wanted, draw.fork('bets')).certified;
  return {
    effective: effectiveNumber(sample.w),
    split: split && { ...own.line, threshold: split.threshold },
    cross: cross && { ...whole.line, threshold: cross.threshold },
  };
}

function queued(
  { logit, chance, accepts }: Population,
  { labels, isUneven, alpha }: Pick<Plan, 'labels' | 'isUneven' | 'alpha'>,
  draw: Random,
): Sample {
  const found: { place: number; w: number }[] = [];
  while (found.length < labels) {
    const places = Array.from({ length: PER_WEEK }, () => draw.int(logit.length));
    const week = places.map((place, k) => [
      {
        ...{ id: String(k), question: String(k), probability: sigmoid(logit[place]) },
        claim: logit[place] >= accepts ? 'claim' : null,
      } as ScoredAnswer,
    ]);
    const { rows } = drawLabels(week, { labels: QUEUE, floor: FLOOR, alphaOf: () => alpha, due: 0, random: draw });
    for (const { id, standsFor } of rows) {
      const chance = isUneven && draw.next() < 0.5 ? RARE : 1;
      if (draw.next() < chance) found.push({ place: places[Number(id)], w: standsFor / chance });
    }
  }
  const w = Float64Array.from(found, (each) => each.w);
  return {
    z: Float64Array.from(found, ({ place }) => logit[place]),
    y: Float64Array.from(found, ({ place }) => (draw.next() < chance[place] ? 1 : 0)),
    w: w.map((each) => (each * effectiveNumber(w)) / w.reduce((sum, other) => sum + other, 0)),
    group: Int32Array.from(found.keys()),
  };
}

/** A predictor that some rows chose: its line, their out-of-fold probabilities, and what it says about other rows. */
interface Chosen {
  isChanged: boolean;
  line: { intercept: number; slope: number };
  outOfFold: Float64Array;
  on(rows: Int32Array): ReturnType<typeof scored>;
}

function unchanged(sample: Sample, rows: Int32Array): Chosen {
  return predictor(sample, {
    isChanged: false,
    line: { intercept: 0, slope: 1 },
    outOfFold: pick(sample.z, rows).map(sigmoid),
  });
}

/** The calibrator, if it predicts unseen labels better than the version in service by more than one standard error. */
function chosenOn(sample: Sample, rows: Int32Array, draw: Random): Chosen {
  const given = {
    z: pick(sample.z, rows),
    x: new Float64Array(0),
    d: 0,
    y: pick(sample.y, rows),
    w: pick(sample.w, rows),
  };
  const { correction, crossed } = adapt(given, 0, Array.from(rows, String), FOLDS, draw.fork('adapt'));
  const same = unchanged(sample, rows);
  const outOfFold = crossed.map(sigmoid);
  const compared = compareChanges(
    { y: sample.y, w: sample.w, group: sample.group } as TrainingData,
    rows,
    new Map([
      ['none', same.outOfFold],
      ['calibrator', outOfFold],
    ]),
  );
  if (compared.find(({ chosen }) => chosen)!.change === 'none') return same;
  return predictor(sample, { isChanged: true, line: correction, outOfFold });
}

function predictor(sample: Sample, made: Omit<Chosen, 'on'>): Chosen {
  const { intercept, slope } = made.line;
  return {
    ...made,
    on: (rows) =>
      scored(
        sample,
        rows,
        pick(sample.z, rows).map((z) => sigmoid(intercept + slope * z)),
      ),
  };
}

function scored({ y, w, group }: Sample, rows: Int32Array, probability: Float64Array): Scored & { group: Int32Array } {
  return { probability, label: pick(y, rows), weight: pick(w, rows), group: rows.map((row) => group[row]) };
}
