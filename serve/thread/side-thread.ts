import type { Worker } from 'node:worker_threads';
import { revived } from '../../scorer/batch/threads/plain-error.js';
import { VouchError } from '../../support/errors.js';
import { startThread } from '../../support/threads/start-thread.js';
import type { JobEvents } from './job-events.js';
import type { FromThread, Job, ThreadData } from './jobs.js';

/** The heap of a thread. A job that needs more ends the thread, not the process. */
const resourceLimits = { maxOldGenerationSizeMb: 2048, maxYoungGenerationSizeMb: 32 };

interface Asked {
  resolve(result: unknown): void;
  reject(error: unknown): void;
  events(events: JobEvents): void;
}

/**
 * A thread with its own copy of the bundle. It does one job at a time. Each job has a deadline, which ends the thread.
 */
export class SideThread {
  readonly #worker: Worker;
  #asked: Asked | null = null;
  #isReady = false;
  /** Starts the clock of the first job, because a thread starts slowly on a busy machine. */
  #started: (() => void) | null = null;
  /** Why it takes no more jobs. */
  ended: unknown = null;

  constructor(data: ThreadData) {
    this.#worker = startThread(import.meta.url, { workerData: data, resourceLimits });
    this.#worker.on('message', (message: FromThread) => this.#hear(message));
    this.#worker.on('error', (error) => this.#fail(codedOf(error)));
    this.#worker.on('exit', () => this.#fail(new Error('a thread ended before its work was done')));
    this.#worker.unref();
  }

  get isBusy(): boolean {
    return this.#asked !== null;
  }

  /** The result of a job. Errors: those of the job; TIMED_OUT; TOO_LARGE if it needs more memory than a thread has. */
  ask(job: Job, seconds: number, events: Asked['events']): Promise<unknown> {
    return new Promise((resolve, reject) => {
      if (this.ended !== null) return reject(this.ended);
      let late: NodeJS.Timeout | undefined;
      const start = () => {
        late = setTimeout(
          () => void this.end(new VouchError('TIMED_OUT', `the request took longer than ${seconds} s`)),
          1000 * seconds,
        );
      };
      if (this.#isReady) start();
      else this.#started = start;
      const over = () => {
        clearTimeout(late);
        this.#asked = this.#started = null;
        this.#worker.unref(); // an idle thread does not keep the process alive
      };
      this.#asked = {
        resolve: (result) => {
          over();
          resolve(result);
        },
        reject: (error) => {
          over();
          reject(error);
        },
        events,
      };
      this.#worker.ref();
      this.#worker.postMessage(job);
    });
  }

  async end(why: unknown): Promise<void> {
    this.#fail(why);
    await this.#worker.terminate();
  }

  #hear(message: FromThread): void {
    if ('ready' in message) {
      this.#isReady = true;
      this.#started?.();
      return;
    }
    const asked = this.#asked;
    asked?.events(message.events);
    if ('result' in message) asked?.resolve(message.result);
    else asked?.reject(typeof message.error === 'string' ? faultOf(message.error) : revived(message.error));
  }

  #fail(error: unknown): void {
    this.ended ??= error;
    this.#asked?.reject(this.ended);
  }
}

/** A fault of the service, with the stack from the thread. */
function faultOf(stack: string): Error {
  return Object.assign(new Error('a thread failed'), { stack });
}

function codedOf(error: unknown): unknown {
  if ((error as NodeJS.ErrnoException).code !== 'ERR_WORKER_OUT_OF_MEMORY') return error;
  const most = resourceLimits.maxOldGenerationSizeMb;
  return new VouchError('TOO_LARGE', 'the request needs more memory than a thread has', {
    expected: `at most ${most} MB`,
  });
}
