import { readFile, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { Counter, Gauge, type Registry } from 'prom-client';
import { monitorGauges } from '../../monitor/alerts/gauges.js';
import type { MonitorResult } from '../../monitor/results.js';
import { VERSION_DIGITS } from '../../scorer/version-digits.js';
import { makeFolder, outError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';
import { takeLock } from '../../support/lock.js';
import type { CommonOptions, MonitorSchedule } from '../options.js';
import type { FromMonitor } from './messages.js';
import { type OneRun, oneRun } from './one-run.js';

/** Where the findings of the last run are, so that a restarted service shows them at once. */
function findingsFile(state: string): string {
  return `${state}.findings.json`;
}

interface Scheduled extends Pick<CommonOptions, 'model' | 'pinning'> {
  store: string;
  monitor: MonitorSchedule;
  registry: Registry;
  log: FastifyBaseLogger;
}

/** The longest delay of a timer in milliseconds. */
const LONGEST = 2 ** 31 - 1;

/**
 * Runs the monitor over the store of a service, again and again, each time in a thread of its own. The first run comes
 * `every` seconds after the last one of this state, also if the service was restarted meanwhile. Of all processes with
 * one state file, one runs it; another one takes over when that one is gone. `stop` ends a run that goes on.
 * Errors: OUT_UNWRITABLE if a folder cannot be made.
 */
export async function scheduleMonitor(scheduled: Scheduled): Promise<{ stop(): Promise<void> }> {
  const { store, monitor, registry, log, model, pinning } = scheduled;
  const { every, state, queue, queueLabels, webhook } = monitor;
  for (const folder of [dirname(resolve(state)), ...(queue === undefined ? [] : [queue])]) {
    await makeFolder(folder).catch((error: unknown) => {
      throw outError(folder, error);
    });
  }
  const metrics = monitorMetrics(registry);
  await showEarlier(findingsFile(state), metrics.earlier);

  let lock: Awaited<ReturnType<typeof takeLock>> | null = null;
  let saidElsewhere = false;
  let run: OneRun | null = null;
  let timer: NodeJS.Timeout | undefined;
  let ticking: Promise<void> = Promise.resolve();
  let isStopped = false;

  const isOurs = async (): Promise<boolean> => {
    if (lock !== null && (await lock.holds())) return true;
    try {
      lock = await takeLock(`${state}.service.lock`, { wait: 0, of: state });
      return true;
    } catch (error) {
      if (!(error instanceof VouchError) || error.code !== 'OUT_UNWRITABLE') throw error;
      lock = null;
      const { what: reason, detail } = error;
      if (!saidElsewhere) log.info({ state, reason, hint: detail.hint }, 'another process runs the monitor');
      saidElsewhere = true;
      return false;
    }
  };
  const tick = async (): Promise<void> => {
    if (!(await isOurs())) return showEarlier(findingsFile(state), metrics.earlier);
    if (isStopped) return;
    const time = new Date().toISOString().replaceAll(':', '-').slice(0, 19);
    run = oneRun({
      ...{ place: store, model, pinning, state, queueLabels, webhook, perBundle: true },
      queue: queue === undefined ? undefined : join(queue, `queue-${time}.csv`),
      out: findingsFile(state),
    });
    const outcome = await run.ended;
    run = null;
    if (isStopped) return;
    if ('done' in outcome) metrics.found(outcome.done.result, Date.now());
    else metrics.failed();
    say(log, outcome);
  };
  const next = (ms: number): void => {
    if (isStopped) return;
    timer = setTimeout(() => {
      ticking = tick()
        .catch((error: unknown) => {
          metrics.failed();
          say(log, { failed: { code: null, reason: error instanceof Error ? error.message : String(error) } });
        })
        .then(() => next(Math.min(LONGEST, 1000 * every)));
    }, ms);
    timer.unref();
  };
  const since = await stat(state).then(
    ({ mtimeMs }) => Math.max(0, Date.now() - mtimeMs),
    () => 0,
  );
  next(Math.min(LONGEST, Math.max(0, 1000 * every - since)));
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await run?.stop();
      await ticking;
      await lock?.release();
    },
  };
}

/** Alarms and failures in the log. */
function say(log: FastifyBaseLogger, outcome: FromMonitor): void {
  if ('failed' in outcome) {
    log.error(outcome.failed, 'a run of the monitor failed');
    return;
  }
  const { result, notes } = outcome.done;
  for (const note of notes) log.warn({ note }, 'monitor');
  for (const { kind, text, since, isOver } of result.notices) {
    if (isOver) log.info({ kind, text, since }, 'monitor: an alarm is over');
    else log.warn({ kind, text, since }, 'monitor: an alarm began');
  }
  const { run, answers, queue } = result;
  log.info({ run, answers: answers.new, toLabel: queue.length }, 'the monitor has run');
}

function monitorMetrics(registry: Registry) {
  const registers = [registry];
  const runs = new Counter({
    name: 'vouch_monitor_runs_total',
    help: 'Runs of the monitor in this process.',
    labelNames: ['result'],
    registers,
  });
  // Prometheus sees the first failure only if it saw 0 before
  for (const result of ['done', 'failed']) runs.inc({ result }, 0);
  const last = new Gauge({
    name: 'vouch_monitor_last_run_timestamp_seconds',
    help: 'When the last run ended, in seconds since 1970.',
    labelNames: ['bundle'],
    registers,
  });
  const set = monitorGauges(registry);
  const earlier = (result: MonitorResult, time: number) => {
    set(result);
    last.reset();
    last.set({ bundle: result.bundle.slice(0, VERSION_DIGITS) }, time / 1000);
  };
  return {
    /** Shows the findings of a run of an earlier process. */
    earlier,
    found: (result: MonitorResult, time: number) => {
      earlier(result, time);
      runs.inc({ result: 'done' });
    },
    failed: () => runs.inc({ result: 'failed' }),
  };
}

/** Shows the findings of an earlier process, if there are any that this version can read; the next run shows its own. */
async function showEarlier(file: string, show: (result: MonitorResult, time: number) => void): Promise<void> {
  try {
    const { mtimeMs } = await stat(file);
    show(JSON.parse(await readFile(file, 'utf8')) as MonitorResult, mtimeMs);
  } catch {
    // there was no run yet, or an older version wrote it
  }
}
