import { rm } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { monitorRules } from '../../monitor/rules.js';
import { readState } from '../../monitor/state.js';
import { REVIEWS } from '../../monitor/stored/reviews.js';
import { runStored } from '../../monitor/stored/run-stored.js';
import { VouchError } from '../../support/errors.js';
import { giveWay } from '../../support/threads/give-way.js';
import type { FromMonitor, MonitorThreadData } from './messages.js';

/** How much the thread gives way to others; 19 is the most. */
const NICE = 10;

/** The code of a thread that makes one run of the monitor for a service, and ends. Any message stops the run. */
const { queueLabels, ...given } = workerData as MonitorThreadData;
const stopped = new AbortController();
const port = parentPort!;
port.once('message', () => stopped.abort());
giveWay(NICE);

try {
  const before = await readState(given.state);
  const fixed = before === null ? {} : { leastChance: before.floor, runLength: before.runLength, seed: before.seed };
  const notes: string[] = [];
  const result = await runStored({
    ...given,
    rules: monitorRules({ ...fixed, queueLabels }),
    reviews: REVIEWS,
    labels: new Map(),
    signal: stopped.signal,
    note: (text) => notes.push(text),
  });
  if (given.queue !== undefined && result.queue.length === 0) await rm(given.queue, { force: true });
  port.postMessage({ done: { result, notes } } satisfies FromMonitor);
} catch (error) {
  const code = error instanceof VouchError ? error.code : null;
  const reason = error instanceof Error ? error.message : String(error);
  port.postMessage({ failed: { code, reason } } satisfies FromMonitor);
}
port.close();
