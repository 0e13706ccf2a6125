import type { Worker } from 'node:worker_threads';
import { startThread } from '../../support/threads/start-thread.js';
import type { FromMonitor, MonitorThreadData } from './messages.js';

/** The most memory of a run, in MiB. If it needs more, its thread ends, and the service goes on. */
const MEMORY = 1024;
/** Milliseconds that a run may take to stop before its thread is ended. */
const STOPPING = 2000;

/** A run of the monitor in a thread of its own. */
export interface OneRun {
  /** What came of it. Never fails. */
  ended: Promise<FromMonitor>;
  /** Stops it; the state stays as before. */
  stop(): Promise<void>;
}

export function oneRun(data: MonitorThreadData): OneRun {
  const worker = startThread(import.meta.url, {
    workerData: data,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY },
  });
  const ended = outcomeOf(worker);
  return {
    ended,
    stop: async () => {
      worker.postMessage('stop');
      const late = setTimeout(() => void worker.terminate(), STOPPING);
      await ended;
      clearTimeout(late);
    },
  };
}

function outcomeOf(worker: Worker): Promise<FromMonitor> {
  return new Promise((resolve) => {
    let said: FromMonitor = { failed: { code: null, reason: 'the thread of the monitor ended' } };
    worker.on('message', (message: FromMonitor) => {
      said = message;
    });
    worker.on('error', ({ message }) => {
      said = { failed: { code: null, reason: message } };
    });
    worker.once('exit', () => resolve(said));
  });
}
