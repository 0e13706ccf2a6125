import { parentPort, workerData } from 'node:worker_threads';
import { plainError } from '../../scorer/batch/threads/plain-error.js';
import { VouchError } from '../../support/errors.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { giveWay } from '../../support/threads/give-way.js';
import { loadedOf } from '../bundle/open-verified.js';
import { gatherEvents } from './job-events.js';
import type { FromThread, Job, ThreadData } from './jobs.js';
import { perform } from './perform.js';

/** The code that runs in a thread of the services: it receives long jobs and returns their results. */
const { bundle, naming, plugins, encoders, keep } = workerData as ThreadData;
const port = parentPort!;

giveWay(5); // the event loop goes first

/** Counts the rows of the job in progress, also those that run in the graph. */
let ran = (_rows: number): void => {};
const given = { plugins: await openPlugins(plugins), encoders, keep };
const loaded = await loadedOf(bundle, { naming, ...given, ran: (rows) => ran(rows) });
port.on('message', async (job: Job) => {
  const { events, listener } = gatherEvents(job.options.logRecords, keep);
  ran = listener.ran;
  const say = (message: FromThread) => port.postMessage(message);
  try {
    say({ events, result: await perform(job, loaded, listener) });
  } catch (error) {
    say({ events, error: error instanceof VouchError ? plainError(error) : String((error as Error)?.stack ?? error) });
  }
});
port.postMessage({ ready: true } satisfies FromThread);
