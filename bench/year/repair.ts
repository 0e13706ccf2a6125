import { keptOptions } from '../../adapt/kept-options.js';
import { type Recalibrated, recalibrateBundle } from '../../recalibrate/recalibrate.js';
import { type RecalibrateRules, recalibrateRules } from '../../recalibrate/rules.js';
import { type FreshToTrain, trainWhole, wholeOptions } from '../../recalibrate/whole.js';
import { sha256 } from '../../support/digest.js';
import type { TrainContext } from '../../train/context.js';
import { pickRows } from '../../train/prepare/pick-rows.js';
import type { TrainingData } from '../../train/prepare/training-data.js';
import type { Asked } from './traffic.js';
import type { Version } from './version.js';
import type { World } from './world.js';

/** An answer with a label: of the queue with the chance of its draw, or a thumb, whose chance is null. */
export interface Labelled {
  asked: Asked;
  chance: number | null;
}

interface Repairing {
  labelled: readonly Labelled[];
  /** Rows that trained the version; then a predictor that is trained anew is tried too. Null: it is not. */
  trained: Int32Array | null;
  seed: number;
  certify: RecalibrateRules['certify'];
  context: TrainContext;
}

/** What `vouch recalibrate --labels QUEUE` does with these labels, in memory. */
export function repaired(
  { data }: World,
  { bundle }: Version,
  { labelled, trained, seed, certify, context }: Repairing,
): Promise<Recalibrated> {
  const drawn = labelled.flatMap(({ asked: { id, row }, chance }) =>
    chance === null ? [] : [[id, { value: data.y[row], chance }] as const],
  );
  const collected = answersOf(data, labelled, new Int32Array(0));
  const anew = async (given: FreshToTrain, old: Int32Array) => {
    const options = wholeOptions(bundle.manifest.options, { seed });
    return trainWhole(answersOf(data, labelled, old), given, options, context);
  };
  return recalibrateBundle({
    ...{ bundle, collected, rules: recalibrateRules({ seed, certify }), context },
    sources: { drawn: new Map(drawn), chances: null, missing: 0, clipped: 0 },
    options: keptOptions(bundle.manifest.options, { seed }),
    ...(trained === null ? {} : { whole: (given: FreshToTrain) => anew(given, trained) }),
  });
}

/** Old answers and labelled ones. An answer that was asked for twice has two ids, and belongs to one question. */
function answersOf(data: TrainingData, labelled: readonly Labelled[], old: Int32Array): TrainingData {
  const rows = Int32Array.from([...old, ...labelled.map(({ asked }) => asked.row)]);
  const picked = pickRows(data, rows);
  const ids = [...Array.from(old, (row) => data.ids[row]), ...labelled.map(({ asked }) => asked.id)];
  return { ...picked, ids, unlabelled: 0, fingerprint: sha256(ids.map((id, i) => `${id}\n${picked.y[i]}\n`).join('')) };
}
