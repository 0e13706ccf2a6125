import type { IncomingMessage } from 'node:http';
import type { FastifyRequest } from 'fastify';
import { VouchError } from '../../support/errors.js';
import { Blocks } from '../work/blocks.js';
import { inTurns } from '../work/in-turns.js';
import { type Body, bodyIn, joinedSteps } from './long-body.js';

/**
 * Bytes of a body beyond the limit that are still read and dropped before it is refused. A client that sends its whole
 * body before it reads anything (Python's http.client) can then read the refusal. If a body is larger still, it is
 * refused at once and cut off.
 */
export const DRAINED = 64 * 1024 * 1024;

/**
 * Gathers bodies as bytes, and long ones as blocks of bytes. Errors: TOO_LARGE; BUSY if too much is arriving;
 * BAD_REQUEST if a body ends early.
 */
export function collectBody(most: number) {
  return (
    request: FastifyRequest,
    payload: IncomingMessage,
    done: (error: Error | null, body?: Body) => void,
  ): void => {
    const { arriving } = request;
    const tooLarge = () =>
      new VouchError('TOO_LARGE', 'the body is larger than the limit', { expected: `at most ${most} bytes` });
    if (Number(request.headers['content-length']) > most + DRAINED) {
      done(tooLarge());
      return;
    }
    const read = new Blocks();
    let size = 0;
    const over = (error: Error | null, body?: Body): void => {
      payload.off('data', add).off('end', end).off('error', fail).off('close', fail).off('cut', over);
      arriving.end();
      done(error, body);
    };
    const add = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= most) {
        read.push(chunk);
        arriving.add(chunk.length);
      } else read.take();
      if (size > most + DRAINED) over(tooLarge());
    };
    const end = (): void => {
      if (size > most) over(tooLarge());
      else over(null, bodyIn(read.take(), size));
    };
    const fail = (): void => over(new VouchError('BAD_REQUEST', 'the body ends early'));
    payload.on('data', add).on('end', end).on('error', fail).on('close', fail).on('cut', over);
  };
}

/** The body of a request that arrived as a stream, as bytes. Errors: the same. */
export function collected(request: FastifyRequest, most: number): Promise<Buffer> {
  const payload = request.body as IncomingMessage | undefined;
  if (payload === undefined) return Promise.resolve(Buffer.alloc(0));
  return new Promise((resolve, reject) => {
    collectBody(most)(request, payload, (error, body) => {
      if (error === null) resolve(inTurns(joinedSteps(body as Body)));
      else reject(error);
    });
  });
}
