import { adapt } from '../../adapt/adapt.js';
import { type Correction, correctedLogits, type Transferred } from '../../adapt/correction.js';
import { fitCorrection } from '../../adapt/fit-correction.js';
import { fitOwnInputs, ownCategories, termsOf } from '../../adapt/own-inputs.js';
import { foldsByGroup } from '../../data/split.js';
import { fitAffine } from '../../models/calibrators/affine.js';
import { encode, encodedWidth } from '../../models/encoder.js';
import { fitEncoder } from '../../models/fit-encoder.js';
import { logLossOfLogit } from '../../models/numbers.js';
import type { Random } from '../../support/random.js';
import { foldPlaces } from '../../train/choose/fold-places.js';
import { matrixOf } from '../../train/prepare/matrix.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { LeftOutTransfer } from './transfer.js';

/** The left-out answers of some questions, as indexes into the transfer's rows. */
export interface Draw {
  labelled: Int32Array;
  rest: Int32Array;
}

/**
 * Draws whole questions at random until there are `labels` answers. The last question may contribute only some answers.
 */
export function drawLabels(groups: string[], labels: number, random: Random): Draw {
  const order = random.shuffle([...new Set(groups)]);
  const place = new Map(order.map((group, k) => [group, k]));
  const sorted = Int32Array.from(groups.keys()).sort((a, b) => place.get(groups[a])! - place.get(groups[b])! || a - b);
  const labelled = sorted.slice(0, labels);
  const seen = new Set(Array.from(labelled, (i) => groups[i]));
  return { labelled, rest: sorted.slice(labels).filter((i) => !seen.has(groups[i])) };
}

/** Some of the rows of a transfer. */
function partOf({ z, x, d, y, w }: Transferred, places: Int32Array): Transferred & { x: Float32Array } {
  const of = (values: Float64Array) => Float64Array.from(places, (i) => values[i]);
  const rows = new Float32Array(places.length * d);
  places.forEach((i, at) => {
    rows.set(x.slice(i * d, (i + 1) * d), at * d);
  });
  return { z: of(z), x: rows, d, y: of(y), w: of(w) };
}

export function meanLoss(logits: Float64Array, { y }: Transferred): number {
  return logits.reduce((sum, z, i) => sum + logLossOfLogit(z, y[i]), 0) / y.length;
}

/** Log-loss of each method on the rest of a draw. */
export function waysOn(
  data: TrainingData,
  { rows, transferred, categorical, shift }: LeftOutTransfer,
  { labelled, rest }: Draw,
  { folds, penalties }: { folds: number; penalties: number[] },
  random: Random,
) {
  const labelledRows = labelled.map((i) => rows[i]);
  const own = fitOwnInputs(data, labelledRows, ownCategories(data, labelledRows, categorical), null);
  const termsAt = (places: Int32Array): Transferred => {
    const part = partOf(transferred, places);
    const at = places.map((i) => rows[i]);
    return { ...part, ...termsOf(own, data, at, null, part.x) };
  };
  const given = termsAt(labelled);
  const held = termsAt(rest);
  const groups = Array.from(labelled, (i) => data.groups[rows[i]]);
  const [slope, offset] = fitAffine(given.z, given.y, given.w, true);
  const familiar = labelled.filter((i) => !(shift[i] > 1)).length / labelled.length;
  const { correction } = adapt(given, familiar, groups, folds, random.fork('adapt'));
  return {
    unadapted: meanLoss(held.z, held),
    platt: meanLoss(
      held.z.map((z) => slope * z + offset),
      held,
    ),
    scratch: fromScratch(data, rows, { labelled, rest }, folds, penalties, random.fork('scratch')),
    adapt: meanLoss(correctedLogits(correction, held), held),
  };
}

/**
 * Logistic regression on the labelled answers alone, with its own signals and encoder. Cross-validation by question
 * sets its penalty.
 */
function fromScratch(
  data: TrainingData,
  rows: Int32Array,
  { labelled, rest }: Draw,
  folds: number,
  penalties: number[],
  random: Random,
): number {
  const own = labelled.map((i) => rows[i]);
  const matrix = matrixOf(data, own);
  const encoder = fitEncoder(matrix.numeric, matrix.categories, own, matrix.schema);
  const d = encodedWidth(encoder);
  const inputs = (at: Int32Array): Transferred => ({
    z: new Float64Array(at.length),
    x: encode(encoder, matrix.numeric, matrix.categories, at),
    d,
    y: Float64Array.from(at, (row) => data.y[row]),
    w: new Float64Array(at.length).fill(1),
  });
  const given = inputs(own);
  const fold = foldsByGroup(
    Array.from(own, (row) => data.groups[row]),
    folds,
    random,
    new Array<string>(own.length).fill(''),
  );
  const all = Int32Array.from(own.keys());
  let best: { loss: number; fit: Correction } | null = null;
  for (const weights of penalties) {
    const pull = { centre: 0, intercept: 1e-4, slope: Number.POSITIVE_INFINITY, weights } as const;
    const fit = fitCorrection(all, given, pull);
    let loss = 0;
    for (const { inside, heldOut } of foldPlaces(fold)) {
      const z = correctedLogits(fitCorrection(inside, given, pull, fit), given);
      for (const i of heldOut) loss += logLossOfLogit(z[i], given.y[i]);
    }
    if (best === null || loss < best.loss) best = { loss, fit };
  }
  const held = inputs(rest.map((i) => rows[i]));
  return meanLoss(correctedLogits(best!.fit, held), held);
}
