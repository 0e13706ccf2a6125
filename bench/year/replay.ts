import type { AlertKind } from '../../monitor/state.js';
import type { RecalibrateRules } from '../../recalibrate/rules.js';
import type { Random } from '../../support/random.js';
import type { TrainContext } from '../../train/context.js';
import { type Calibrated, calibrationOf } from './calibrated.js';
import { type Labelled, repaired } from './repair.js';
import { mixAt, script } from './script.js';
import { type Asked, trafficOf } from './traffic.js';
import { type Version, versionOf } from './version.js';
import { startWatch, watched } from './watch.js';
import type { World } from './world.js';

/** Accepted answers of some weeks, and how many of them were wrong. */
export interface Accepted {
  accepted: number;
  wrong: number;
}

/** A version that the loop shipped, and what it accepted. */
export interface Shipped {
  /** The first week that it served, and the first that it did not. */
  from: number;
  to: number;
  change: string;
  isCertified: boolean;
  /** Over the whole period that it served. */
  whole: Accepted;
}

/** A recalibration: the week, the labels of the queue and how many equal ones they count like, what was chosen. */
export interface Attempt {
  week: number;
  labels: number;
  effective: number;
  chosen: string;
  ships: boolean;
  isCertified: boolean;
  why: string;
}

/** A year, once with the loop and once without. */
export interface Replay {
  /** By week: what was accepted with the loop, and by the first version. */
  loop: Accepted[];
  alone: Accepted[];
  alarms: { week: number; kind: AlertKind; version: number }[];
  attempts: Attempt[];
  shipped: Shipped[];
  /** After each change: calibration with the loop, and of the first version, on the same held-out answers. */
  calibration: { labels: number; loop: Calibrated; alone: Calibrated }[];
}

/** Alarms after which the loop collects labels for a recalibration. That of feedback may be biased: it is only counted. */
const CALLS: readonly AlertKind[] = ['broken', 'change', 'slice', 'drift', 'unseen'];

interface Given {
  first: { version: Version; trained: ReadonlySet<number>; rows: Int32Array };
  random: Random;
  context: TrainContext;
  /** Whether a predictor that is trained anew is among the changes. */
  isWhole: boolean;
  certify: RecalibrateRules['certify'];
  weeks: number;
}

/**
 * One year. Each week the monitor runs; an alarm begins to collect labels of the queue; `recalibrate` runs when there
 * are enough, and a version that ships serves from the next week on. While nothing is certified, labels are collected
 * too.
 */
export async function replayed(
  world: World,
  { first, random, context, isWhole, certify, weeks }: Given,
): Promise<Replay> {
  const traffic = trafficOf(world, {
    trained: first.trained,
    mixAt,
    weeks,
    random: random.fork('traffic'),
  });
  const seed = random.fork('seeds').int(2 ** 31);
  const out: Replay = { loop: [], alone: [], alarms: [], attempts: [], shipped: [], calibration: [] };
  let version = first.version;
  let state = startWatch(version, seed);
  let isCollecting = !version.isCertified;
  let collected: Labelled[] = [];
  let wanted: number = script.labels;
  let waiting: Labelled[] = [];
  const used = new Set<string>(); // questions whose labels are behind the versions that shipped
  let since: { labels: number; version: Version; isMeasured: boolean } | null = null; // the last change

  for (const [week, asked] of traffic.entries()) {
    const now = acceptedBy(world, version, asked);
    out.loop.push(now);
    out.alone.push(acceptedBy(world, first.version, asked));
    const current = out.shipped.at(-1);
    if (current !== undefined) {
      add(current.whole, now);
      current.to = week + 1;
    }

    const labels = new Map(waiting.map(({ asked: { id, row } }) => [id, world.data.y[row]]));
    if (isCollecting) collected.push(...waiting);
    if (since !== null && !since.isMeasured) {
      since.labels += waiting.length;
      if (since.labels <= script.within) since.version = version;
    }
    // what arrives in the first week was drawn before the change
    if (script.changes.some((change) => change === week)) since = { labels: 0, version, isMeasured: false };
    const run = watched(state, version, { week: asked, labels });
    state = run.state;
    for (const { kind, isOver } of run.result.notices) {
      if (isOver) continue;
      out.alarms.push({ week, kind, version: out.shipped.length });
      if (CALLS.includes(kind)) isCollecting = true;
    }
    const byId = new Map(asked.map((each) => [each.id, each]));
    waiting = run.result.queue.map(({ id, standsFor }) => ({ asked: byId.get(id)!, chance: 1 / standsFor }));
    const drawn = new Set(waiting.map(({ asked: { id } }) => id));
    const thumbs = asked.filter(({ id, thumb }) => thumb !== null && !drawn.has(id));
    if (isCollecting) collected.push(...thumbs.map((each) => ({ asked: each, chance: null })));

    const drawnLabels = collected.filter(({ chance }) => chance !== null).length;
    if (drawnLabels >= wanted) {
      const made = await repaired(world, version, {
        labelled: collected,
        trained: isWhole ? first.rows : null,
        seed: seed + week,
        certify,
        context,
      });
      const { chosen, ships, shipping } = made.report;
      const isCertified = made.report.thresholds.some(({ threshold }) => threshold !== null);
      out.attempts.push({
        week,
        labels: drawnLabels,
        effective: made.report.labels.effective,
        chosen,
        ships,
        isCertified,
        why: shipping,
      });
      if (ships) {
        for (const { asked: each, chance } of collected) if (chance !== null) used.add(world.data.groups[each.row]);
        version = await versionOf(world, made.bundle!.files, made.bundle!.manifest);
        state = startWatch(version, seed + week);
        out.shipped.push({
          ...{ from: week + 1, to: week + 1, change: chosen, isCertified: version.isCertified },
          whole: { accepted: 0, wrong: 0 },
        });
      }
      if (ships || chosen === 'none') {
        isCollecting = !version.isCertified;
        collected = [];
        wanted = script.labels;
      } else wanted = drawnLabels + script.more;
    }
    if (since !== null && !since.isMeasured) {
      if (since.labels <= script.within) since.version = version;
      if (since.labels > script.within || week === weeks - 1) {
        const measured = { world, mix: mixAt(week), trained: first.trained, used, random: random.fork(`held ${week}`) };
        out.calibration.push({
          labels: since.labels,
          loop: calibrationOf(since.version, measured),
          alone: calibrationOf(first.version, measured),
        });
        since.isMeasured = true;
      }
    }
  }
  return out;
}

function acceptedBy({ data }: World, { accepts }: Version, asked: readonly Asked[]): Accepted {
  const out = { accepted: 0, wrong: 0 };
  for (const { row } of asked) {
    if (accepts[row] === 0) continue;
    out.accepted++;
    out.wrong += 1 - data.y[row];
  }
  return out;
}

function add(to: Accepted, { accepted, wrong }: Accepted): void {
  to.accepted += accepted;
  to.wrong += wrong;
}
