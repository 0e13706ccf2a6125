import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { GatewayOptions } from '../options.js';
import type { Answered } from './upstream/ask-upstream.js';
import { repliedHeaders } from './upstream/upstream.js';
import { unclaimedBody } from './wire/unclaimed-body.js';

/**
 * Passes an answer on as it is, but for a `vouch` field that is not ours. Where the upstream breaks off, so does this.
 */
export async function pass(
  { status, ...passing }: Pick<Answered, 'status' | 'headers' | 'body'>,
  reply: FastifyReply,
  { more, options }: { more: Record<string, string>; options: Pick<GatewayOptions, 'bodyLimit' | 'limits'> },
): Promise<void> {
  const { headers, body } = await unclaimedBody(passing, { body: options.bodyLimit, event: options.limits.event });
  reply.hijack();
  reply.raw.writeHead(status, { ...repliedHeaders(headers), ...more });
  await pipeline(body, reply.raw);
}
