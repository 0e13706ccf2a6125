import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { Answered } from './upstream/ask-upstream.js';
import { repliedHeaders } from './upstream/upstream.js';

/** Passes an answer on as it is, byte by byte as it comes. Where the upstream breaks off, so does this. */
export async function pass(
  { status, headers, body }: Pick<Answered, 'status' | 'headers' | 'body'>,
  reply: FastifyReply,
  more: Record<string, string>,
): Promise<void> {
  reply.raw.writeHead(status, { ...repliedHeaders(headers), ...more }); // a status or header that no server may send is refused here
  reply.hijack();
  await pipeline(body, reply.raw);
}
