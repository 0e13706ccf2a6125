import type { Worker } from 'node:worker_threads';
import { VouchError } from '../../support/errors.js';
import { startThread } from '../../support/threads/start-thread.js';
import { drain } from '../../support/time/drain.js';
import type { Outcome } from '../feedback/feedback.js';
import type { ScoredRow } from '../write/scored.js';
import type { Sent } from '../write/write.js';
import type { Batch, FromStore, StoreThreadData } from './messages.js';

/** Rows and feedback of one transaction. */
const MOST_ROWS = 500;
const MOST_SENT = 200;
/**
 * Milliseconds for which scored answers are gathered, for which feedback is, and after which a failed batch is tried
 * again. A transaction costs more than its rows if there are few: 200 feedbacks a second would be 200 transactions.
 */
const GATHER = 50;
const GATHER_SENT = 25;
const RETRY = 1000;

/** Writes to a store without making the caller wait. */
interface Writer {
  /** Takes a scored answer. If too many wait already, it is dropped and counted. Never waits. */
  keep(row: ScoredRow): void;
  /** What became of feedback, once it is on the disk. Errors: STORE_UNAVAILABLE, STORE_BAD; BUSY if too much waits. */
  take(sent: Sent): Promise<Outcome[]>;
  /** Scored answers that wait to be written. */
  readonly waiting: number;
  readonly written: number;
  readonly dropped: number;
  /** Writes what is left, if the store answers within the time (in seconds), and closes the store. */
  close(seconds: number): Promise<void>;
}

interface WriterOptions {
  place: string;
  /** The most scored answers that may wait. */
  most: number;
  /** Gets each failure of the store. What was not written stays in the queue. */
  failed(error: VouchError): void;
}

interface Waiting {
  sent: Sent;
  /** The number of answers that were taken before it. They are written before it, so that it finds its answer. */
  after: number;
  resolve(outcomes: Outcome[]): void;
  reject(error: unknown): void;
}

/** The most feedback requests that may wait. */
const MOST_WAITING = 2000;

/**
 * Starts the thread that owns the store, and waits until the store is open. Errors: those of opening. Scored answers
 * are gathered for 50 ms and written together. Feedback is gathered for 25 ms, and is written together with, or after,
 * the answers that were taken before it; it does not wait for later ones.
 */
export async function openWriter({ place, most, failed }: WriterOptions): Promise<Writer> {
  const worker = startThread(import.meta.url, { workerData: { place } satisfies StoreThreadData });
  await opened(worker);
  let rows: ScoredRow[] = [];
  /** The number of answers that were taken, with those that still wait. */
  let taken = 0;
  const waiting: Waiting[] = [];
  let counts = { written: 0, dropped: 0 };
  /** What the thread is writing now. */
  let flight: { rows: ScoredRow[]; waiting: Waiting[] } | null = null;
  let timer: NodeJS.Timeout | undefined;
  /** When the timer ends. */
  let due = 0;
  let retryAt = 0;
  let broken: VouchError | null = null;
  let settled = (): void => {};

  const send = (): void => {
    clearTimeout(timer);
    timer = undefined;
    if (flight !== null || broken !== null || rows.length + waiting.length === 0) {
      settled();
      return;
    }
    const first = rows.slice(0, MOST_ROWS);
    rows = rows.slice(first.length);
    const ready = waiting.slice(0, MOST_SENT).filter(({ after }) => after <= taken - rows.length);
    waiting.splice(0, ready.length); // each waits for no more answers than the next one, so these are the first
    flight = { rows: first, waiting: ready };
    worker.postMessage({ scored: flight.rows, sent: flight.waiting.map(({ sent }) => sent) } satisfies Batch);
  };
  const later = (ms: number): void => {
    const at = performance.now() + ms;
    if (timer !== undefined && due <= at) return;
    clearTimeout(timer);
    due = at;
    timer = setTimeout(send, ms);
  };
  const next = (): void => {
    if (waiting.length >= MOST_SENT || rows.length >= MOST_ROWS) send();
    else if (waiting.length > 0) later(GATHER_SENT);
    else if (rows.length > 0) later(GATHER);
    settled();
  };
  const wrote = (outcomes: Outcome[][]): void => {
    const { rows: done, waiting: served } = flight!;
    flight = null;
    counts.written += done.length;
    served.forEach(({ resolve }, i) => {
      resolve(outcomes[i]);
    });
    next();
  };
  const fail = (error: VouchError): void => {
    if (flight !== null) {
      rows = [...flight.rows, ...rows];
      for (const { reject } of flight.waiting) reject(error);
      flight = null;
    }
    for (const { reject } of waiting.splice(0)) reject(error);
    retryAt = Date.now() + RETRY;
    failed(error);
    if (rows.length > 0) later(RETRY);
    settled();
  };
  worker.on('message', (message: FromStore) => {
    if ('written' in message) wrote(message.written);
    else if ('failed' in message) fail(errorOf(message.failed));
  });
  const end = (what: string) => {
    if (broken !== null) return;
    broken = new VouchError('STORE_UNAVAILABLE', what);
    fail(broken);
  };
  worker.on('error', (error) => end(`the thread of the store failed: ${error.message}`));
  worker.on('exit', () => end('the thread of the store ended'));
  const size = () => rows.length + (flight?.rows.length ?? 0);
  return {
    keep: (row) => {
      if (broken !== null || size() >= most) {
        counts.dropped++;
        return;
      }
      rows.push(row);
      taken++;
      if (flight !== null) return;
      if (rows.length >= MOST_ROWS && Date.now() >= retryAt) send();
      else later(Math.max(GATHER, retryAt - Date.now())); // after a failure, not before the next try
    },
    take: (sent) =>
      new Promise((resolve, reject) => {
        if (broken !== null) return reject(broken);
        if (waiting.length >= MOST_WAITING) {
          return reject(new VouchError('BUSY', `${MOST_WAITING} requests wait for the store already`));
        }
        waiting.push({ sent, after: taken, resolve, reject });
        if (flight === null) later(GATHER_SENT);
      }),
    get waiting() {
      return size();
    },
    get written() {
      return counts.written;
    },
    get dropped() {
      return counts.dropped;
    },
    close: async (seconds) => {
      await drain(seconds, {
        isEmpty: () => broken !== null || (flight === null && rows.length + waiting.length === 0),
        push: () => {
          if (flight === null && Date.now() >= retryAt) send();
        },
        onSettled: (then) => {
          settled = then;
        },
        longest: RETRY,
      });
      clearTimeout(timer);
      counts = { written: counts.written, dropped: counts.dropped + size() };
      broken ??= new VouchError('STORE_UNAVAILABLE', 'the store is closed');
      worker.postMessage(null);
      await new Promise<void>((resolve) => {
        const late = setTimeout(() => void worker.terminate().then(() => resolve()), 2000);
        worker.once('exit', () => {
          clearTimeout(late);
          resolve();
        });
      });
    },
  };
}

/** Waits until the thread has opened the store. Errors: those of opening. */
function opened(worker: Worker): Promise<void> {
  return new Promise((resolve, reject) => {
    const ended = () => reject(new VouchError('STORE_UNAVAILABLE', 'the thread of the store ended'));
    worker.once('error', reject);
    worker.once('exit', ended);
    worker.once('message', (message: FromStore) => {
      worker.off('error', reject).off('exit', ended);
      if ('ready' in message) resolve();
      else reject('failed' in message ? errorOf(message.failed) : new Error('the thread of the store did not start'));
    });
  });
}

function errorOf({ code, what, file, hint }: Extract<FromStore, { failed: unknown }>['failed']): VouchError {
  return new VouchError(code, what, {
    ...(file === undefined ? {} : { file }),
    ...(hint === undefined ? {} : { hint }),
  });
}
