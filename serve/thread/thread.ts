import { setPriority } from 'node:os';
import { parentPort, workerData } from 'node:worker_threads';
import { plainError } from '../../scorer/batch/threads/plain-error.js';
import { VouchError } from '../../support/errors.js';
import { loadedOf } from '../bundle/open-verified.js';
import type { FromThread, Job, ThreadData } from './jobs.js';
import { perform } from './perform.js';
import { gathering } from './told.js';

/** What runs in a thread of the services: long jobs come, what they come to goes. */
const { bundle, naming } = workerData as ThreadData;
const port = parentPort!;

/** On Linux this is the thread's own niceness: where processors are few, the event loop goes first. Elsewhere it would be the process's. */
const NICE = 5;
if (process.platform === 'linux') setPriority(NICE);

const loaded = await loadedOf(bundle, { naming, ran: () => {} });
port.on('message', async (job: Job) => {
  const { told, listener } = gathering(job.options.logRecords);
  const say = (message: FromThread) => port.postMessage(message);
  try {
    say({ told, result: await perform(job, loaded, listener) });
  } catch (error) {
    say({ told, error: error instanceof VouchError ? plainError(error) : String((error as Error)?.stack ?? error) });
  }
});
port.postMessage({ ready: true } satisfies FromThread);
