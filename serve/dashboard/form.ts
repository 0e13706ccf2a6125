import type { FastifyRequest } from 'fastify';
import { VouchError } from '../../support/errors.js';
import { bodyOf } from '../http/body.js';
import { joinedSteps } from '../http/long-body.js';
import { inTurns } from '../work/in-turns.js';

/** The most bytes of a form. */
export const LARGEST_FORM = 16_384;

/** The fields of a form. Errors: BAD_REQUEST, TOO_LARGE. */
export async function formOf(request: FastifyRequest): Promise<URLSearchParams> {
  const body = await bodyOf(request);
  const bytes = Buffer.isBuffer(body) ? body : await inTurns(joinedSteps(body));
  if (bytes.length > LARGEST_FORM) throw new VouchError('TOO_LARGE', 'the form is too long', { got: bytes.length });
  return new URLSearchParams(bytes.toString('utf8'));
}
