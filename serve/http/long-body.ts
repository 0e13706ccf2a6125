import type { FastifyRequest } from 'fastify';
import type { Steps } from '../../support/steps.js';
import { LONG } from '../thread/long.js';

/**
 * A body that is too long to be processed on the event loop. It stays in the blocks in which it was gathered, because
 * joining them would copy it in one step.
 */
class LongBody {
  constructor(readonly parts: readonly Buffer[]) {}
}

/** A body; as bytes if it is short. */
export type Body = Buffer | LongBody;

/** Makes a body from blocks of `size` bytes in total. */
export function bodyIn(blocks: readonly Buffer[], size: number): Body {
  if (size > LONG) return new LongBody(blocks);
  return blocks.length === 1 ? blocks[0] : Buffer.concat(blocks);
}

/** The body that was gathered for a request; undefined if there was none. */
export function gatheredBody(request: FastifyRequest): Body | undefined {
  return request.body as Body | undefined;
}

/** The bytes of a body in one piece. They are copied block by block. */
export function* joinedSteps(body: Body): Steps<Buffer> {
  if (Buffer.isBuffer(body)) return body;
  const { parts } = body;
  if (parts.length === 1) return parts[0];
  const all = Buffer.allocUnsafeSlow(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    part.copy(all, at);
    at += part.length;
    yield;
  }
  return all;
}

/** The parts of a body that a thread must process; null if it is short. */
export function longParts(body: Body): readonly Buffer[] | null {
  if (body instanceof LongBody) return body.parts;
  return body.length > LONG ? [body] : null;
}
