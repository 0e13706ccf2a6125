import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { VouchError } from '../../support/errors.js';

/**
 * Bytes of a body beyond the limit that are still read, and dropped, before it is refused: a client that sends its whole body
 * before it reads anything (Python's http.client) gets to read the refusal. What is larger is refused at once, and cut off.
 */
export const DRAINED = 64 * 1024 * 1024;

/** Gathers bodies as bytes. Errors: TOO_LARGE; BAD_REQUEST where a body ends early. */
export function collectBody(most: number) {
  return (
    request: FastifyRequest,
    payload: IncomingMessage,
    done: (error: Error | null, body?: Buffer) => void,
  ): void => {
    const tooLarge = () =>
      new VouchError('TOO_LARGE', 'the body is larger than this service takes', { expected: `at most ${most} bytes` });
    if (Number(request.headers['content-length']) > most + DRAINED) {
      done(tooLarge());
      return;
    }
    let chunks: Buffer[] = [];
    let size = 0;
    const over = (error: Error | null, body?: Buffer): void => {
      payload.off('data', add).off('end', end).off('error', fail).off('close', fail);
      done(error, body);
    };
    const add = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= most) chunks.push(chunk);
      else chunks = [];
      if (size > most + DRAINED) over(tooLarge());
    };
    const end = (): void => {
      if (size > most) over(tooLarge());
      else over(null, chunks.length === 1 ? chunks[0] : Buffer.concat(chunks));
    };
    const fail = (): void => over(new VouchError('BAD_REQUEST', 'the body ends early'));
    payload.on('data', add).on('end', end).on('error', fail).on('close', fail);
  };
}
