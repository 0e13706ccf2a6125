import { parentPort, workerData } from 'node:worker_threads';
import { openBackend } from '../../backend/ladder.js';
import type { BackendName } from '../../backend/rung.js';
import type { Sheet } from '../sheet.js';
import { perform } from './jobs.js';
import type { ToThread } from './threads.js';

/** A thread of the pool. It opens its backend, then does jobs one by one. */
const sheets = new Map<number, Sheet>();
const backend = openBackend((workerData as { backend: BackendName }).backend);

parentPort!.on('message', async (message: ToThread) => {
  if ('sheet' in message) {
    sheets.set(message.number, message.sheet);
    return;
  }
  const { job, on, id } = message;
  try {
    const { tf } = await backend;
    parentPort!.postMessage({ id, result: await perform(tf, sheets.get(on)!, job) });
  } catch (error) {
    parentPort!.postMessage({ id, error });
  }
});
