import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { VouchError } from '../support/errors.js';
import type { CommonOptions } from './options.js';

interface Running {
  app: FastifyInstance;
  /** Readiness becomes false. */
  retire(): void;
}

export interface StopOptions {
  /** Seconds between the end of readiness and the last accepted connection. */
  drainWait: number;
  /** Seconds after that in which requests in progress may finish before they are cut off. */
  drainTimeout: number;
}

/** Milliseconds. */
const CLOSE_IDLE_EVERY = 50;

/**
 * Listens until TERM or INT, then stops in order: readiness becomes false at once, so that no more requests are sent;
 * then no new connections are accepted; then the requests in progress are answered; then everything is closed. A second
 * signal stops at once. Resolves once stopped. Errors: CANNOT_LISTEN.
 */
export async function run(
  { app, retire }: Running,
  { host, port }: Pick<CommonOptions, 'host' | 'port'>,
  { drainWait, drainTimeout }: StopOptions,
  listening: (url: string) => void,
): Promise<void> {
  const url = await app
    .listen({ host, port, listenTextResolver: (address) => `listening at ${address}` })
    .catch(async (error) => {
      await app.close();
      throw new VouchError('CANNOT_LISTEN', 'cannot listen at this address', {
        field: '--port',
        got: `${host}:${port}`,
        hint: error instanceof Error ? error.message : String(error),
        cause: error,
      });
    });
  listening(url);
  await signalled();
  app.log.info('stopping: no longer ready');
  retire();
  await sleep(1000 * drainWait);
  const cut = setTimeout(() => {
    app.log.warn('requests in progress were cut off');
    app.server.closeAllConnections();
  }, 1000 * drainTimeout);
  // A connection whose last answer was sent after the close began would stay open for another request.
  const idle = setInterval(() => app.server.closeIdleConnections(), CLOSE_IDLE_EVERY);
  await app.close();
  clearInterval(idle);
  clearTimeout(cut);
  app.log.info('stopped');
}

function signalled(): Promise<void> {
  return new Promise((resolve) => {
    const stop = () => {
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.removeListener(signal, stop);
      resolve();
    };
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.on(signal, stop);
  });
}
