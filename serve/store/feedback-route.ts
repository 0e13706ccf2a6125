import type { FastifyInstance } from 'fastify';
import { isObject } from '../../data/check-value.js';
import { checkFeedback } from '../../store/feedback/check.js';
import type { Feedback, Outcome } from '../../store/feedback/feedback.js';
import { VouchError } from '../../support/errors.js';
import { bodyOf, jsonOf } from '../http/body.js';
import { joinedSteps } from '../http/long-body.js';
import { inTurns } from '../work/in-turns.js';
import type { Keeper } from './keeper.js';

interface FeedbackOptions {
  keeper: Keeper;
  path: string;
  /** The most feedbacks in one request. */
  most: number;
}

const refusals = {
  WRONG_TENANT: 'the answer belongs to another tenant',
  FEEDBACK_CONFLICT: 'the key was used for a different feedback',
} as const;

/**
 * POST /v1/feedback: one feedback, or `{"feedback": […]}`; see `checkFeedback`. The reply says what became of it, and
 * is sent once it is on the disk. One wrong feedback fails the request before anything is stored. In a list, feedback
 * that is refused (another tenant's answer, a key used twice) is marked, and the rest is stored.
 * Errors: NOT_ALLOWED, BAD_JSON, BAD_FEEDBACK, TOO_LARGE, WRONG_TENANT, FEEDBACK_CONFLICT, STORE_UNAVAILABLE, BUSY.
 */
export function feedbackRoute(app: FastifyInstance, { keeper, path, most }: FeedbackOptions): void {
  const schema = {
    tags: ['feedback'],
    summary: 'Stores feedback on scored answers. Requires a key for feedback.',
    security: [{ key: [] }],
    body: {
      description: 'One feedback, or {"feedback": […]}.',
      type: 'object',
      properties: {
        id: { type: 'string', description: 'id or response id of the answer' },
        key: { type: 'string', description: 'the same key twice is the same feedback' },
        thumb: { type: 'string', enum: ['up', 'down'] },
        stars: { type: 'number' },
        of: { type: 'number', description: 'the most stars; 5 if absent' },
        correction: { type: 'string', description: 'the right answer' },
        chosen: { type: 'string', description: 'id of the candidate that was preferred' },
        over: { type: 'array', items: { type: 'string' }, description: 'ids of the other candidates' },
        verdict: { description: 'right, wrong, or a number from 0 to 1, from a reviewer' },
        outcome: { description: 'the same, known later' },
        rater: { type: 'string' },
        comment: { type: 'string' },
        source: { type: 'string' },
        time: { type: 'string', description: 'ISO 8601' },
      },
    },
  };
  app.post(path, { schema, config: { access: 'feedback' } }, async (request, reply) => {
    const received = Date.now();
    const body = await bodyOf(request);
    const value = await jsonOf(Buffer.isBuffer(body) ? body : await inTurns(joinedSteps(body)));
    const isList = isObject(value) && 'feedback' in value;
    const feedback = isList ? listed(value.feedback, most) : checkFeedback(value);
    const outcomes = await keeper.feedback({ tenant: keeper.senderOf(request.raw.headers), received, feedback });
    reply.header('content-type', 'application/json; charset=utf-8');
    if (isList || outcomes.length > 1) return JSON.stringify({ feedback: outcomes.map(shown) });
    const { code } = outcomes[0];
    if (code !== undefined) throw new VouchError(code, refusals[code]);
    return JSON.stringify(shown(outcomes[0]));
  });
}

function shown({ target, code, ...rest }: Outcome): object {
  return { id: target, ...rest, ...(code === undefined ? {} : { code: `VOUCH_${code}` }) };
}

function listed(list: unknown, most: number): Feedback[] {
  if (!Array.isArray(list) || list.length === 0) {
    throw new VouchError('BAD_FEEDBACK', 'has the wrong type', { field: 'feedback', expected: 'a list', got: list });
  }
  if (list.length > most) {
    const detail = { expected: `at most ${most}`, got: list.length };
    throw new VouchError('TOO_LARGE', 'too much feedback in one request', detail);
  }
  return list.flatMap((value, i) => {
    try {
      return checkFeedback(value);
    } catch (error) {
      if (!(error instanceof VouchError)) throw error;
      const { field, ...detail } = error.detail;
      const place = `feedback[${i}]${field === undefined ? '' : `.${field}`}`;
      throw new VouchError(error.code, error.what, { ...detail, field: place });
    }
  });
}
