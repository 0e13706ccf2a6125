import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { GatewayOptions } from '../options.js';
import type { Answered } from './upstream/answered.js';
import { repliedHeaders } from './upstream/upstream.js';
import { unclaimedBody } from './wire/unclaimed-body.js';

/** Statuses of replies without a body, whatever their headers say of one. */
const BODILESS = [204, 304];

/**
 * Passes an answer on as it is, except for a `vouch` field that is not ours. If the upstream breaks off, so does this.
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
  reply.raw.writeHead(status, { ...own, ...more }); // a status or header that no server may send is refused here
  reply.hijack();
  if (!isBodiless) return pipeline(body, reply.raw);
  await dropped(body);
  reply.raw.end();
}

/** Reads a body to its end; that none came, where its length was told, is no failure. */
async function dropped(body: AsyncIterable<Buffer>): Promise<void> {
  try {
    for await (const _ of body);
  } catch {
    // nothing of it was to be passed
  }
}
