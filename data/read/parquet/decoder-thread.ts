import { Worker } from 'node:worker_threads';
import type { Asked } from './asked.js';

/** Limits the decoder's heap: exceeding it ends the thread, not the process. */
const resourceLimits = { maxOldGenerationSizeMb: 4096 };

interface Waiting {
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** A thread that runs `thread.mjs`. It takes one request at a time; each has a deadline that ends the thread. */
export class DecoderThread {
  readonly #worker = new Worker(new URL('./thread.mjs', import.meta.url), { resourceLimits });
  #waiting: Waiting | null = null;
  /** The reason why the thread takes no more requests. */
  ended: Error | null = null;
  /** Starts the deadline of the first request, because a thread starts slowly on a busy machine. */
  #started: (() => void) | null = null;
  #isReady = false;

  constructor() {
    this.#worker.on('message', ({ ready, answer, error }: { ready?: true; answer?: unknown; error?: string }) => {
      if (ready) {
        this.#isReady = true;
        this.#started?.();
      } else if (error === undefined) this.#settle((waiting) => waiting.resolve(answer));
      else this.#settle((waiting) => waiting.reject(new Error(error)));
    });
    this.#worker.on('error', (error) => this.#fail(error as Error));
    this.#worker.on('exit', () => this.#fail(new Error('its decoder stopped')));
    this.#worker.unref();
  }

  get isBusy(): boolean {
    return this.#waiting !== null;
  }

  /**
   * Sends a request and returns its answer. Errors: the thread's own; the deadline has passed; the reason why the
   * thread has ended.
   */
  ask<T>(asked: Asked, seconds: number): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      if (this.ended !== null) return reject(this.ended);
      let late: NodeJS.Timeout | undefined;
      const start = () => {
        const why = new Error(`decoding took more than ${seconds.toFixed(0)} s: the file is damaged`);
        late = setTimeout(() => void this.end(why), 1000 * seconds);
      };
      if (this.#isReady) start();
      else this.#started = start;
      this.#waiting = {
        resolve: (answer) => {
          clearTimeout(late);
          resolve(answer as T);
        },
        reject: (error) => {
          clearTimeout(late);
          reject(error);
        },
      };
      this.#worker.ref();
      this.#worker.postMessage(asked);
    });
  }

  async end(why: Error): Promise<void> {
    this.#fail(why);
    await this.#worker.terminate();
  }

  #fail(error: Error): void {
    this.ended ??= error;
    const why = this.ended;
    this.#settle((waiting) => waiting.reject(why));
  }

  /** Settles the request. An idle thread does not keep the process alive. */
  #settle(give: (waiting: Waiting) => void): void {
    const waiting = this.#waiting;
    this.#waiting = null;
    this.#worker.unref();
    if (waiting !== null) give(waiting);
  }
}
