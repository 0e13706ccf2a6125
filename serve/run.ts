import { setTimeout as sleep } from 'node:timers/promises';
import type { FastifyInstance } from 'fastify';
import { VouchError } from '../support/errors.js';
import type { CommonOptions } from './options.js';

interface Running {
  app: FastifyInstance;
  /** Readiness goes false. */
  retire(): void;
}

export interface StopOptions {
  /** Seconds between not being ready and the last connection taken. */
  drainWait: number;
  /** Seconds requests under way then have before they are cut off. */
  drainTimeout: number;
}

/** Milliseconds. */
const CLOSE_IDLE_EVERY = 50;

/**
 * Listens, and ends well on TERM or INT: not ready at once, so that no more is sent; then no new connections; then what is under
 * way is answered; then all is closed. A second signal ends at once. Resolves once stopped. Errors: CANNOT_LISTEN.
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
      throw new VouchError('CANNOT_LISTEN', 'cannot listen here', {
        field: '--port',
        got: `${host}:${port}`,
        hint: error instanceof Error ? error.message : String(error),
        cause: error,
      });
    });
  listening(url);
  await signalled();
  app.log.info('stopping: not ready any more');
  retire();
  await sleep(1000 * drainWait);
  const cut = setTimeout(() => {
    app.log.warn('requests under way were cut off');
    app.server.closeAllConnections();
  }, 1000 * drainTimeout);
  // A connection whose last answer went out after the close began would be kept open for another request.
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
