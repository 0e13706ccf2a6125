import { keptOptions } from '../../adapt/kept-options.js';
import { type Recalibrated, recalibrateBundle } from '../../recalibrate/recalibrate.js';
import { recalibrateRules } from '../../recalibrate/rules.js';
import { trainWhole, wholeOptions } from '../../recalibrate/whole.js';
import { numbered } from '../../support/numbered.js';
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

/** What `vouch recalibrate --labels QUEUE --with-training OLD` does with these labels, in memory. */
export function repaired(
  { data }: World,
  version: Version,
  { labelled, trained, seed, context }: { labelled: readonly Labelled[]; trained: Int32Array; seed: number; context: TrainContext },
): Promise<Recalibrated> {
  const { bundle } = version;
  const fresh = freshData(data, labelled);
  const drawn = labelled.flatMap(({ asked: { id, row }, chance }) =>
    chance === null ? [] : [[id, { value: data.y[row], chance }] as const],
  );
  return recalibrateBundle({
    ...{ bundle, collected: fresh, rules: recalibrateRules({ seed }), context },
    sources: { drawn: new Map(drawn), chances: null, missing: 0, clipped: 0 },
    options: keptOptions(bundle.manifest.options, { seed }),
    whole: (given) => {
      const rows = [...trained, ...labelled.map(({ asked }) => asked.row)];
      const together = withIds(pickRows(data, Int32Array.from(rows)), [
        ...Array.from(trained, (row) => data.ids[row]),
        ...labelled.map(({ asked }) => asked.id),
      ]);
      return trainWhole(together, given, wholeOptions(bundle.manifest.options, { seed }), context);
    },
  });
}

function freshData(data: TrainingData, labelled: readonly Labelled[]): TrainingData {
  const rows = Int32Array.from(labelled, ({ asked }) => asked.row);
  return withIds(
    pickRows(data, rows),
    labelled.map(({ asked }) => asked.id),
  );
}

/** The same answers under other ids: one that came twice has two. */
function withIds(data: TrainingData, ids: string[]): TrainingData {
  const { index, names } = numbered(data.groups);
  const fingerprint = `${data.fingerprint} ${ids.length} ${ids[ids.length - 1]}`;
  return { ...data, ids, group: index, groupCount: names.length, unlabelled: 0, fingerprint };
}
