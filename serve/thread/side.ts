import { availableParallelism } from 'node:os';
import { VouchError } from '../../support/errors.js';
import { type Listener, passOn } from './job-events.js';
import type { Job, ResultOf, ThreadData } from './jobs.js';
import { SideThread } from './side-thread.js';

/**
 * The most threads. One processor remains for the event loop. Each thread has its own copy of the bundle, some 100 MB.
 */
const MOST = Math.max(1, Math.min(4, availableParallelism() - 1));

/** How long a job may wait. */
interface Waited {
  /** The most seconds that it may wait for a thread, and that it may take there. */
  seconds: number;
  listener: Listener;
  /** Whether the client has closed its connection. */
  gone?(): boolean;
}

/** Threads next to the event loop that process long requests, each with the same bundle. */
export interface Side {
  /** The number of threads that were started. */
  readonly threads: number;
  /** Errors: those of the job; TIMED_OUT; TOO_LARGE. */
  run<J extends Job>(job: J, waited: Waited): Promise<ResultOf<J>>;
  close(): Promise<void>;
}

interface Waiting {
  job: Job;
  waited: Waited;
  since: number;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/**
 * Threads that score what is too long for the event loop. Reading and scoring one answer of 30,000 tokens takes a
 * twentieth of a second or more, and a text can be made so that it takes longer. The first long job starts a thread;
 * another one starts when all are busy. Jobs wait in order. A job that takes too long or too much memory ends its
 * thread and fails; no other job fails with it.
 */
export function newSide(data: ThreadData, most = MOST): Side {
  let threads: SideThread[] = [];
  const queue: Waiting[] = [];
  let closed = false;

  const next = (): void => {
    threads = threads.filter(({ ended }) => ended === null);
    while (queue.length > 0) {
      const thread = threads.find(({ isBusy }) => !isBusy) ?? (threads.length < most ? start() : null);
      if (thread === null) return;
      const { job, waited, since, resolve, reject } = queue.shift() as Waiting;
      if (waited.gone?.()) reject(new VouchError('INTERRUPTED', 'the client closed its connection'));
      else if (performance.now() - since > 1000 * waited.seconds) reject(tooLate(waited.seconds));
      else
        thread
          .ask(job, waited.seconds, (events) => passOn(events, waited.listener))
          .then(resolve, reject)
          .finally(next);
    }
  };
  function start(): SideThread {
    const thread = new SideThread(data);
    threads.push(thread);
    return thread;
  }
  return {
    get threads() {
      return threads.length;
    },
    run: <J extends Job>(job: J, waited: Waited) =>
      new Promise<ResultOf<J>>((resolve, reject) => {
        if (closed) return reject(new Error('the bundle is closed'));
        const since = performance.now();
        queue.push({ job, waited, since, resolve: resolve as Waiting['resolve'], reject });
        next();
      }),
    close: async () => {
      closed = true;
      const why = new Error('the bundle is closed');
      for (const { reject } of queue.splice(0)) reject(why);
      await Promise.all(threads.map((thread) => thread.end(why)));
    },
  };
}

function tooLate(seconds: number): VouchError {
  return new VouchError('TIMED_OUT', `the request waited more than ${seconds} s for other long requests`);
}
