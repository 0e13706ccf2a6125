import type { FastifyRequest } from 'fastify';
import { VouchError } from '../../support/errors.js';
import { bodyOf } from '../http/body.js';
import { longParts } from '../http/long-body.js';
import { traceHeaders } from '../http/trace-headers.js';
import type { Route } from '../parts.js';
import { askedOf } from '../store/asked.js';
import type { ScoreJob } from '../thread/jobs.js';
import { runAside } from '../thread/run-aside.js';
import { scoreBody } from './score-body.js';
import { scoreSchema } from './score-schema.js';

/** With the charset, because Fastify would add it to a text; a text is sent together with its headers. */
const JSON_TYPE = 'application/json; charset=utf-8';

/**
 * POST /v1/score: see `scoreBody`. A thread reads and scores long bodies. `?reasons=N` adds the N strongest reasons.
 * Headers say which bundle scored, and when; with `?trace=true` each score says it, too.
 * Errors: BAD_JSON, BAD_RECORD, BAD_REQUEST, TOO_LARGE, TIMED_OUT.
 */
export const score: Route = (app, all) => {
  app.post('/v1/score', { schema: scoreSchema }, async (request, reply) => {
    const { work, headers } = askedOf(all, request);
    const given = bodyOf(request);
    const body = given instanceof Promise ? await given : given;
    const reasons = reasonsAsked(request);
    const gone = () => request.socket.destroyed;
    const traced = traceAsked(request);
    const loaded = all.live.take();
    const time = new Date().toISOString();
    const trace = traced ? { digest: loaded.scorer.digest, time } : undefined;
    try {
      const parts = longParts(body);
      const text =
        parts === null
          ? await scoreBody(body as Buffer, { reasons, trace, loaded, work, gone })
          : await runAside<ScoreJob>(loaded, { kind: 'score', parts, reasons, trace }, { work, gone });
      reply.headers({ 'content-type': JSON_TYPE, ...traceHeaders(loaded, time), ...headers() });
      return text;
    } finally {
      all.live.give(loaded);
    }
  });
};

function reasonsAsked(request: FastifyRequest): number {
  const { reasons } = request.query as { reasons?: string };
  if (reasons === undefined) return 0;
  const most = Number(reasons);
  if (Number.isInteger(most) && most >= 1) return most;
  throw new VouchError('BAD_REQUEST', 'not a valid number of reasons', {
    field: 'reasons',
    expected: '1 or more',
    got: reasons,
  });
}

function traceAsked(request: FastifyRequest): boolean {
  const { trace } = request.query as { trace?: string };
  if (trace === undefined || trace === 'false') return false;
  if (trace === '' || trace === 'true') return true;
  throw new VouchError('BAD_REQUEST', 'has the wrong type', { field: 'trace', expected: 'true or false', got: trace });
}
