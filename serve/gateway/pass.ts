import { pipeline } from 'node:stream/promises';
import type { FastifyReply } from 'fastify';
import type { Answered } from './upstream/answered.js';
import { repliedHeaders } from './upstream/upstream.js';

/** Statuses of replies without a body, whatever their headers say of one. */
const BODILESS = [204, 304];

/** Passes an answer on as it is, byte by byte as it comes. Where the upstream breaks off, so does this. */
export async function pass(
  { status, headers, body }: Pick<Answered, 'status' | 'headers' | 'body'>,
  reply: FastifyReply,
  more: Record<string, string>,
): Promise<void> {
  const own = repliedHeaders(headers);
  if (status === 204) delete own['content-length'];
  reply.raw.writeHead(status, { ...own, ...more }); // a status or header that no server may send is refused here
  reply.hijack();
  if (!BODILESS.includes(status)) return pipeline(body, reply.raw);
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
