import type { Worker } from 'node:worker_threads';
import { startThread } from '../../../support/threads/start-thread.js';
import type { BackendName } from '../../backend/rung.js';
import type { Sheet } from '../sheet.js';
import type { Job, Result } from './jobs.js';
import type { Pool } from './pool.js';

/** A message to a thread: a sheet that it does not have yet, or a job on one that it has. */
export type ToThread = { sheet: Sheet; number: number } | { job: Job; on: number; id: number };
type FromThread = { id: number; result?: unknown; error?: unknown };

interface Waiting {
  sheet: Sheet;
  job: Job;
  resolve(result: never): void;
  reject(error: unknown): void;
}

/**
 * A thread needs little memory apart from its current job. With a small heap, garbage is collected before it
 * accumulates.
 */
const resourceLimits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 32 };

interface Thread {
  worker: Worker;
  known: Set<Sheet>;
  doing: Waiting | null;
}

/**
 * A pool of threads, each with its own backend. WebAssembly has one thread in Node, so folds and members run in
 * parallel here. Jobs start in the given order. If a thread dies, its job fails, and so does the run.
 */
export function threadPool(count: number, backend: BackendName): Pool {
  const queue: Waiting[] = [];
  const numbers = new Map<Sheet, number>();
  const threads: Thread[] = Array.from({ length: count }, () => {
    const worker = startThread(import.meta.url, { workerData: { backend }, resourceLimits });
    const thread: Thread = { worker, known: new Set(), doing: null };
    worker.on('message', ({ result, error }: FromThread) => finish(thread, result, error));
    worker.on('error', (error) => finish(thread, undefined, error));
    worker.unref();
    return thread;
  });

  function finish(thread: Thread, result: unknown, error: unknown): void {
    const done = thread.doing;
    thread.doing = null;
    thread.worker.unref();
    if (error !== undefined) done?.reject(error);
    else done?.resolve(result as never);
    start();
  }

  function start(): void {
    for (const thread of threads) {
      if (thread.doing !== null) continue;
      const next = queue.shift();
      if (next === undefined) return;
      const { sheet, job } = next;
      let number = numbers.get(sheet);
      if (number === undefined) numbers.set(sheet, (number = numbers.size));
      if (!thread.known.has(sheet)) {
        thread.worker.postMessage({ sheet, number } satisfies ToThread);
        thread.known.add(sheet);
      }
      thread.doing = next;
      thread.worker.ref();
      thread.worker.postMessage({ job, on: number, id: number } satisfies ToThread);
    }
  }

  return {
    run: <T extends Job>(sheet: Sheet, job: T) =>
      new Promise<Result<T>>((resolve, reject) => {
        queue.push({ sheet, job, resolve: resolve as Waiting['resolve'], reject });
        start();
      }),
    close: async () => {
      await Promise.all(threads.map(({ worker }) => worker.terminate()));
    },
  };
}
