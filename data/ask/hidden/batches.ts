import { AskFailure } from '../endpoint/failure.js';

interface Waiting<T> {
  text: string;
  resolve(value: T): void;
  reject(error: unknown): void;
}

/** The most texts per request. */
const MOST = 32;
/** How long a request waits for further texts, in milliseconds. */
const WAIT = 20;

/**
 * Gathers texts that are asked for at nearly the same time into one request. If the server refuses a request of several
 * texts, each is asked for alone, so that one text does not cost the others their results.
 */
export function inBatches<T>(send: (texts: readonly string[]) => Promise<T[]>): (text: string) => Promise<T> {
  let waiting: Waiting<T>[] = [];
  let timer: NodeJS.Timeout | undefined;

  const sendAll = async (batch: Waiting<T>[]): Promise<void> => {
    try {
      const results = await send(batch.map(({ text }) => text));
      batch.forEach(({ resolve }, i) => {
        resolve(results[i]);
      });
    } catch (error) {
      const isRefusal = error instanceof AskFailure && !error.again && !error.hopeless;
      if (batch.length > 1 && isRefusal) for (const each of batch) await sendAll([each]);
      else for (const { reject } of batch) reject(error);
    }
  };
  const flush = () => {
    clearTimeout(timer);
    timer = undefined;
    const batch = waiting;
    waiting = [];
    void sendAll(batch);
  };
  return (text) =>
    new Promise<T>((resolve, reject) => {
      waiting.push({ text, resolve, reject });
      if (waiting.length >= MOST) flush();
      else timer ??= setTimeout(flush, WAIT);
    });
}
