import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify';
import { VouchError } from '../../support/errors.js';
import { statusOf } from './status.js';

/** Seconds after which a client that got a refusal may try again. */
const RETRY_AFTER = '1';

/** Fastify's own refusals as coded errors. */
const known = new Map([['FST_ERR_CTP_INVALID_MEDIA_TYPE', 'the content type cannot be read']]);

/** Any failure as a coded error; null if it is a fault of the service. */
function codedOf(error: unknown): VouchError | null {
  if (error instanceof VouchError) return error;
  const { code = '', statusCode: status } = (error ?? {}) as Partial<FastifyError>;
  const what = known.get(code);
  if (what !== undefined) return new VouchError('BAD_REQUEST', what);
  if (status === 404 || status === 403) return new VouchError('NOT_FOUND', 'there is nothing here');
  if (status === 413) return new VouchError('TOO_LARGE', 'the request is larger than the limit');
  return status !== undefined && status >= 400 && status < 500
    ? new VouchError('BAD_REQUEST', 'the request is not valid HTTP')
    : null;
}

/**
 * Answers a failed request with its status and a JSON body: `{"error": {code, message, field}}`; under /v2, whose
 * protocol requires text there, `{"error": "message [VOUCH_CODE]"}`. Faults of the service are logged without their
 * message, which may quote a prompt.
 */
export function replyError(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
  const coded = codedOf(error);
  if (coded === null) {
    const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
    request.log.error({ name: error instanceof Error ? error.name : typeof error, frames }, 'a request failed');
  }
  const status = statusOf(coded);
  if (status === 429 || status === 503) reply.header('retry-after', RETRY_AFTER);
  if (status === 401) reply.header('www-authenticate', 'Bearer');
  // bytes, because Fastify would add a charset to a text, which kserve does not expect
  reply
    .code(status)
    .header('content-type', 'application/json')
    .send(Buffer.from(errorBody(coded, request.url.startsWith('/v2'))));
}

/** The body of an error as text. */
export function errorBody(error: VouchError | null, open: boolean): string {
  const code = error === null ? 'VOUCH_FAULT' : `VOUCH_${error.code}`;
  const message = error?.message ?? 'unexpected failure [VOUCH_FAULT]';
  if (open) return JSON.stringify({ error: message, code });
  const field = error?.detail.field;
  return JSON.stringify({ error: { code, message, ...(field === undefined ? {} : { field }) } });
}
