import { Worker } from 'node:worker_threads';
import type { BackendName } from '../../backend/rung.js';
import type { Sheet } from '../sheet.js';
import type { Job, Result } from './jobs.js';
import type { Pool } from './pool.js';

/** What goes to a thread: a sheet it does not know yet, or a job on one it does. */
export type ToThread = { sheet: Sheet; number: number } | { job: Job; on: number; id: number };
type FromThread = { id: number; result?: unknown; error?: unknown };

interface Waiting {
  sheet: Sheet;
  job: Job;
  resolve(result: never): void;
  reject(error: unknown): void;
}

/** A thread's heap holds little but what it is doing; a small one is collected before it grows. */
const resourceLimits = { maxOldGenerationSizeMb: 1024, maxYoungGenerationSizeMb: 32 };

interface Thread {
  worker: Worker;
  known: Set<Sheet>;
  doing: Waiting | null;
}

/**
 * A pool of threads, each with a backend of its own: WebAssembly has one thread in Node, so folds and members run side by
 * side. Tasks start in the order given. A thread that dies fails its job, and with it the run.
 */
export function threadPool(count: number, backend: BackendName): Pool {
  const queue: Waiting[] = [];
  const numbers = new Map<Sheet, number>();
  const threads: Thread[] = Array.from({ length: count }, () => {
    const worker = new Worker(new URL('./thread.js', import.meta.url), { workerData: { backend }, resourceLimits });
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
