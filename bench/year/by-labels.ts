import type { RecalibrateRules } from '../../recalibrate/rules.js';
import type { Random } from '../../support/random.js';
import type { TrainContext } from '../../train/context.js';
import { calibrationOf } from './calibrated.js';
import { type Labelled, repaired } from './repair.js';
import { type Mix, script } from './script.js';
import { trafficOf } from './traffic.js';
import { type Version, versionOf } from './version.js';
import { startWatch, watched } from './watch.js';
import type { World } from './world.js';

/** Calibration after one recalibration with so many labels of the queue. */
export interface ByLabels {
  labels: number;
  chosen: string;
  /** Debiased calibration error of the new version, shipped or not, and of the first one. */
  ece: number;
  alone: number;
  answers: number;
}

interface Given {
  first: { version: Version; trained: ReadonlySet<number> };
  mix: Mix;
  /** Labels to collect, at least. */
  wanted: number;
  random: Random;
  certify: RecalibrateRules['certify'];
  context: TrainContext;
}

/** Collects labels of the queue week by week while nothing changes, and recalibrates once. */
export async function byLabels(
  world: World,
  { first, mix, wanted, random, certify, context }: Given,
): Promise<ByLabels> {
  const { version, trained } = first;
  const weeks = Math.ceil((2 * wanted) / script.queue);
  const traffic = trafficOf(world, { trained, mixAt: () => mix, weeks, random: random.fork('traffic') });
  const seed = random.fork('seeds').int(2 ** 31);
  const labelled: Labelled[] = [];
  let state = startWatch(version, seed);
  for (const week of traffic) {
    if (labelled.length >= wanted) break;
    const run = watched(state, version, { week, labels: new Map() });
    state = run.state;
    const byId = new Map(week.map((each) => [each.id, each]));
    labelled.push(...run.result.queue.map(({ id, standsFor }) => ({ asked: byId.get(id)!, chance: 1 / standsFor })));
  }
  const { report, bundle } = await repaired(world, version, { labelled, trained: null, seed, certify, context });
  const after = bundle === null ? version : await versionOf(world, bundle.files, bundle.manifest);
  const used = new Set(labelled.map(({ asked }) => world.data.groups[asked.row]));
  const measured = { world, mix, trained, used, random: random.fork('held') };
  const { ece, answers } = calibrationOf(after, measured);
  const alone = calibrationOf(version, measured).ece;
  return { labels: labelled.length, chosen: report.chosen, ece, alone, answers };
}
