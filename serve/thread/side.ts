import { availableParallelism } from 'node:os';
import { VouchError } from '../../support/errors.js';
import type { Job, ResultOf, ThreadData } from './jobs.js';
import { SideThread } from './side-thread.js';
import { type Listener, tell } from './told.js';

/** Threads at most: one processor stays for the event loop. Each holds the bundle once more, some 100 MB. */
const MOST = Math.max(1, Math.min(4, availableParallelism() - 1));

/** How a job is waited for. */
export interface Waited {
  /** Seconds it may wait for a thread, and may take there. */
  seconds: number;
  listener: Listener;
  /** Whether nobody waits for it any more. */
  gone?(): boolean;
}

/** Threads beside the event loop that do what takes long, each with the same bundle. */
export interface Side {
  /** Threads that were started. */
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
 * Threads that score what is too long for the event loop: reading and scoring one answer of 30,000 tokens takes a twentieth of a second
 * and more, and its text may be made to take longer. The first such job starts a thread; another one is started where all have work. Jobs
 * wait in their order. One that takes too long, or too much memory, ends its thread and fails; nothing else fails with it.
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
      if (waited.gone?.()) reject(new VouchError('INTERRUPTED', 'the client went away'));
      else if (performance.now() - since > 1000 * waited.seconds) reject(tooLate(waited.seconds));
      else
        thread
          .ask(job, waited.seconds, (told) => tell(told, waited.listener))
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
  return new VouchError('TIMED_OUT', `other long requests took longer than ${seconds} s`);
}
