import { once } from 'node:events';
import type { Socket } from 'node:net';
import { describe, expect, it } from 'vitest';
import type { GatewayOptions } from '../../../serve/options.js';
import { question, standing, useGateways } from '../../support/standing-gateway.js';

useGateways();

const damaged = Buffer.alloc(1_000_000, 'y');
const buffered: Partial<GatewayOptions> = { bufferStreams: true };

/** Replies of an upstream, all without an end, that the gateway cannot read to their end. */
const replies: [string, number, Record<string, string>, Partial<GatewayOptions>][] = [
  ['JSON', 200, { 'content-type': 'application/json', 'content-encoding': 'zstd' }, {}],
  ['JSON, strict', 200, { 'content-type': 'application/json', 'content-encoding': 'zstd' }, { strict: true }],
  ['events', 200, { 'content-type': 'text/event-stream', 'content-encoding': 'zstd' }, {}],
  ['events, held back', 200, { 'content-type': 'text/event-stream', 'content-encoding': 'zstd' }, buffered],
  ['events, strict', 200, { 'content-type': 'text/event-stream', 'content-encoding': 'gzip' }, { strict: true }],
  ['another status, strict', 206, { 'content-type': 'text/plain' }, { strict: true }],
];

describe('an answer of an upstream that is not read to its end', () => {
  it.each(replies)('does not keep its connection open: %s', async (_, status, headers, more) => {
    const sockets: Socket[] = [];
    const { post } = await standing((_asked, response, request) => {
      sockets.push(request.socket);
      response.writeHead(status, headers).write(damaged);
    }, more);
    const reply = await post({ ...question, stream: true }).catch(() => null);
    await reply?.arrayBuffer().catch(() => null);
    expect(sockets.length).toBeGreaterThan(0);
    for (const socket of sockets) if (!socket.destroyed) await once(socket, 'close');
  });
});
