import type { AlertKind } from '../../monitor/state.js';
import type { Random } from '../../support/random.js';
import { type Mix, script } from './script.js';
import { trafficOf } from './traffic.js';
import type { Version } from './version.js';
import { startWatch, watched } from './watch.js';
import type { World } from './world.js';

/** A year of the monitor without a repair. */
export interface WatchedYear {
  /** Alarms that began, with the labels that had arrived since week `from`. */
  alarms: { week: number; kind: AlertKind; labels: number }[];
  /** Share of errors among accepted answers from week `from` on, over all answers; null if none was accepted. */
  error: number | null;
  /** Labels of the queue over the whole year. */
  labels: number;
}

interface Watching {
  first: { version: Version; trained: ReadonlySet<number> };
  mixAt(week: number): Mix;
  /** The week from which labels and errors count. */
  from: number;
  random: Random;
}

/** The first version over a year, with labels of the queue that arrive a week later. */
export function watchedYear(world: World, { first, mixAt, from, random }: Watching): WatchedYear {
  const { version, trained } = first;
  const traffic = trafficOf(world, { trained, mixAt, weeks: script.weeks, random: random.fork('traffic') });
  const out: WatchedYear = { alarms: [], error: null, labels: 0 };
  let state = startWatch(version, random.fork('seeds').int(2 ** 31));
  let labels = new Map<string, number>();
  let [since, accepted, wrong] = [0, 0, 0];
  for (const [week, asked] of traffic.entries()) {
    out.labels += labels.size;
    if (week > from) since += labels.size;
    const run = watched(state, version, { week: asked, labels });
    state = run.state;
    for (const { kind, isOver } of run.result.notices) if (!isOver) out.alarms.push({ week, kind, labels: since });
    const rowOf = new Map(asked.map(({ id, row }) => [id, row]));
    labels = new Map(run.result.queue.map(({ id }) => [id, world.data.y[rowOf.get(id)!]]));
    for (const { row } of week < from ? [] : asked) {
      if (version.accepts[row] === 0) continue;
      accepted++;
      wrong += 1 - world.data.y[row];
    }
  }
  out.error = accepted === 0 ? null : wrong / accepted;
  return out;
}
