import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { GatewayOptions } from '../options.js';
import type { Answered } from './upstream/answered.js';
import { repliedHeaders } from './upstream/upstream.js';
import { unclaimedBody } from './wire/unclaimed-body.js';

/** Statuses of replies that have no body, even if their headers describe one. */
const BODILESS = [204, 304];

/**
 * Passes an answer on unchanged, except for a `vouch` field that is not ours. If the upstream breaks off, so does this
 * reply.
 */
export async function pass(
  { status, ...passing }: Pick<Answered, 'status' | 'headers' | 'body'>,
  reply: FastifyReply,
  { more, options }: { more: Record<string, string>; options: Pick<GatewayOptions, 'bodyLimit' | 'limits'> },
): Promise<void> {
  const isBodiless = BODILESS.includes(status);
  const limits = { body: options.bodyLimit, event: options.limits.event };
  const { headers, body } = isBodiless ? passing : await unclaimedBody(passing, limits);
  const own = repliedHeaders(headers);
  if (status === 204) delete own['content-length'];
  reply.raw.writeHead(status, { ...own, ...more }); // throws if a server may not send this status or header
  reply.hijack();
  reply.raw.flushHeaders(); // an upstream that breaks off at once has answered with a status all the same
  if (!isBodiless) return pipeline(body, reply.raw);
  await dropped(body);
  reply.raw.end();
}

/** Reads a body to its end. It is no failure if its headers give a length but no body arrives. */
async function dropped(body: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // none of it would have been passed on
  }
}
