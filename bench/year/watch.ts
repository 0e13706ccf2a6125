import { Intake } from '../../monitor/intake.js';
import type { MonitorResult } from '../../monitor/results.js';
import { monitorDefaults } from '../../monitor/rules.js';
import { runMonitor } from '../../monitor/run.js';
import { type MonitorState, startState } from '../../monitor/state.js';
import { DAY } from '../../support/time/day.js';
import { script } from './script.js';
import type { Asked } from './traffic.js';
import type { Version } from './version.js';

/** A state of the monitor that has seen nothing, for one version. */
export function startWatch({ bundle }: Version, seed: number): MonitorState {
  const { runLength } = monitorDefaults;
  return startState({ bundle: bundle.digest, seed, floor: script.leastChance, runLength });
}

/** The run of the monitor at the end of a week, with the labels that have come for the queue of the week before. */
export function watched(
  before: MonitorState,
  version: Version,
  { week, labels }: { week: readonly Asked[]; labels: ReadonlyMap<string, number> },
): { state: MonitorState; result: MonitorResult } {
  const { manifest } = version.bundle;
  const known = { models: new Set(manifest.data.models), tasks: new Set(manifest.data.tasks) };
  const intake = new Intake(before);
  for (const asked of week) {
    const answer = version.asScored(asked);
    if (!intake.isNew(answer)) continue;
    const { id, model, task } = answer;
    intake.count([{ id, model, task, answer: '' }], [version.scoreOf(asked.row)], known);
    if (intake.wants(answer.question)) intake.add(answer);
  }
  return runMonitor({
    ...{ state: before, manifest, reference: version.reference, read: intake.finish(), labels },
    rule: { level: monitorDefaults.driftLevel, least: monitorDefaults.leastDrift },
    ...{ queue: script.queue, drawn: null, sends: false },
    ...{ patience: monitorDefaults.dueDays * DAY, clock: week[week.length - 1].time },
  });
}
