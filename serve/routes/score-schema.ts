import { z } from 'zod';
import { lineSchema } from '../../data/record.js';
import { bases } from '../../models/bundle/manifest.js';
import { noClaims } from '../../scorer/decide.js';

/** A zod schema as JSON Schema, for the documentation only. What JSON Schema cannot express is left open. */
function documentOf(schema: z.ZodType): Record<string, unknown> {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return rest;
}

const scoreOut = {
  type: 'object',
  properties: {
    id: { type: 'string' },
    probability: { type: ['number', 'null'], description: 'how likely it is that the answer is right' },
    decision: { type: ['string', 'null'], enum: ['accept', 'abstain', 'escalate', null] },
    why: {
      type: ['string', 'null'],
      enum: [...noClaims, null],
      description: 'why no certified claim covers the decision; null if one does',
    },
    missing: { type: ['array', 'null'], items: { type: 'string' }, description: 'fields or signals that are missing' },
    pattern: { type: ['string', 'null'], description: 'which groups of signals the record has' },
    claim: { type: ['string', 'null'], description: 'id of the claim that accepts the answer, in thresholds[]' },
    bundle: { type: ['string', 'null'], description: 'first 12 hex digits of the SHA-256 of the manifest' },
    basis: {
      type: ['string', 'null'],
      enum: [...bases, null],
      description:
        'what that claim was certified on: answers with exactly these signals, or answers with more signals, ' +
        'of which some were hidden',
    },
    promise: {
      type: ['string', 'null'],
      enum: ['none', null],
      description: 'none: decided by a threshold that is not certified for such answers, because of --accept-unseen',
    },
    logit: { type: ['number', 'null'], description: 'before calibration' },
    low: {
      type: ['number', 'null'],
      description:
        'lower end of a 90% interval for the share of right answers among answers of the same model and task ' +
        'with this score',
    },
    high: { type: ['number', 'null'], description: 'upper end of that interval' },
    shift: { type: ['number', 'null'], description: 'above 1: unlike the training answers, so no decision' },
    grounded: {
      type: 'boolean',
      description: 'whether the passages support the answer: false if one contradicts it. Absent if none says either',
    },
    groundedBy: {
      type: 'object',
      description: 'the passage that says so, counted from 0, and its probability',
      properties: { passage: { type: 'integer' }, entails: { type: 'number' }, contradicts: { type: 'number' } },
    },
    digest: { type: 'string', description: 'SHA-256 of the manifest; with ?trace=true' },
    time: { type: 'string', description: 'when it was scored: ISO 8601, UTC; with ?trace=true' },
    reasons: {
      type: 'array',
      items: {
        type: 'object',
        properties: {
          signal: { type: 'string' },
          value: {},
          effect: { type: 'number' },
          plain: { type: 'string', description: 'signal and value in plain words' },
        },
      },
    },
  },
};

const errorSchema = {
  type: 'object',
  properties: {
    error: {
      type: 'object',
      properties: { code: { type: 'string' }, message: { type: 'string' }, field: { type: 'string' } },
    },
  },
};

const record = documentOf(lineSchema);

/** The documentation of POST /v1/score. The record's schema is the one in data/record.ts. */
export const scoreSchema = {
  tags: ['scores'],
  summary: 'Score one answer, or several as {"records": […]}.',
  description:
    'A record may also be a log line in any format that `vouch score` reads. A score is the line that `vouch score` ' +
    'prints. If there is no answer (a tool call, a content filter, an error), its probability is null and why is ' +
    '"no answer". If one record is wrong, the whole request fails, and the error names the record.',
  querystring: {
    type: 'object',
    properties: {
      reasons: { type: 'integer', minimum: 1, description: 'the most reasons per score' },
      trace: { type: 'boolean', description: 'adds digest and time to each score' },
    },
  },
  body: {
    anyOf: [
      { title: 'record', ...record },
      {
        title: 'records',
        type: 'object',
        required: ['records'],
        properties: {
          records: { type: 'array', items: record },
          selected: {
            type: 'boolean',
            description: 'an earlier score led to all of them, so they get no decision',
          },
        },
      },
    ],
  },
  response: {
    200: {
      description: 'a score, or {"scores": […]}',
      headers: {
        'x-vouch-bundle': { type: 'string', description: 'the same as bundle in the scores' },
        'x-vouch-digest': { type: 'string', description: 'SHA-256 of the manifest' },
        'x-vouch-time': { type: 'string', description: 'when it was scored: ISO 8601, UTC' },
      },
      anyOf: [scoreOut, { type: 'object', properties: { scores: { type: 'array', items: scoreOut } } }],
    },
    400: { description: 'the body is not JSON, or not a record', ...errorSchema },
    401: { description: 'no key, or a wrong one', ...errorSchema },
    413: { description: 'too large', ...errorSchema },
    429: { description: 'too many requests from this client; see Retry-After', ...errorSchema },
    503: { description: 'too many requests in flight; see Retry-After', ...errorSchema },
  },
};
