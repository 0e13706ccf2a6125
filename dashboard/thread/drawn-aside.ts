import type { Worker } from 'node:worker_threads';
import { VouchError } from '../../support/errors.js';
import { startThread } from '../../support/threads/start-thread.js';
import type { Asked, Setting } from '../asked.js';
import type { FromDrawer, ToDrawer } from './messages.js';

/** Pages that may wait, and seconds until a page must be drawn. */
const MOST_WAITING = 16;
const PATIENCE = 30;

/** Draws pages in a thread, so that no request for a score waits for them. */
interface Drawer {
  /** Errors: those of drawing; BUSY if too many pages wait; TIMED_OUT. */
  draw(asked: Asked): Promise<string>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(page: string): void;
  reject(error: unknown): void;
}

/** Starts the thread, so that the first page finds it ready. If it ends, the next page starts another one. */
export function drawnAside(setting: Setting): Drawer {
  const waiting = new Map<number, Waiting>();
  let worker: Worker | null = null;
  let tickets = 0;
  let isClosed = false;

  const end = (one: Worker, error: Error) => {
    if (worker !== one) return;
    worker = null;
    for (const { reject } of waiting.values()) reject(error);
    waiting.clear();
  };
  const start = (): Worker => {
    const started = startThread(import.meta.url, {
      workerData: setting,
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    started.unref();
    started.on('message', (message: FromDrawer) => {
      const own = waiting.get(message.ticket);
      waiting.delete(message.ticket);
      if ('drawn' in message) own?.resolve(message.drawn);
      else own?.reject(failureOf(message.failed));
    });
    started.on('error', (error) => end(started, error));
    started.on('exit', () => end(started, new Error('the thread that draws pages ended')));
    return started;
  };
  worker = start();
  return {
    draw: (asked) => {
      if (isClosed || waiting.size >= MOST_WAITING) {
        return Promise.reject(new VouchError('BUSY', `${MOST_WAITING} pages wait already`));
      }
      worker ??= start();
      const own = worker;
      const ticket = ++tickets;
      return new Promise<string>((resolve, reject) => {
        const late = setTimeout(() => {
          // all pages that wait for this thread; the next one gets a new thread
          end(own, new VouchError('TIMED_OUT', `the page took longer than ${PATIENCE} s`));
          void own.terminate();
        }, 1000 * PATIENCE);
        late.unref();
        const settled =
          <T>(settle: (value: T) => void) =>
          (value: T) => {
            clearTimeout(late);
            settle(value);
          };
        waiting.set(ticket, { resolve: settled(resolve), reject: settled(reject) });
        own.postMessage({ ticket, asked } satisfies ToDrawer);
      });
    },
    close: async () => {
      isClosed = true;
      await worker?.terminate();
    },
  };
}

function failureOf(failed: Extract<FromDrawer, { failed: unknown }>['failed']): Error {
  if (failed === null) return new Error('a page could not be drawn');
  const { code, what, file } = failed;
  return new VouchError(code, what, file === undefined ? {} : { file });
}
