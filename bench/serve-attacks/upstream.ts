/**
 * An upstream for bench/serve-attacks.ts: ordinary chat answers of 60 tokens, attacks by the name of the model, and
 * plain bytes at any other path. It writes its address to standard output.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { completionOf, PIECE } from './bodies.js';

const ordinary = Buffer.from(JSON.stringify(completionOf(60)));
const long = Buffer.from(JSON.stringify(completionOf(30_000)));
const choices = Buffer.from(
  JSON.stringify({
    model: 'm0',
    choices: Array.from({ length: 10_000 }, (_, index) => ({
      index,
      message: { role: 'assistant', content: `an answer that is as long as such answers are, number ${index}` },
      finish_reason: 'stop',
    })),
  }),
);
const piece = Buffer.alloc(PIECE, 'a');
const delta = { content: 'x'.repeat(PIECE / 4) };
const words = Buffer.from(`data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: null }] })}\n\n`);
const MB = 1e6;

function* upTo(size: number, part: Buffer, end: string): Generator<Buffer> {
  for (let sent = 0; sent < size; sent += part.length) yield part;
  yield Buffer.from(end);
}
const stream = (response: ServerResponse, parts: Iterable<Buffer>) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  return pipeline(Readable.from(parts), response).catch(() => {});
};
const json = (response: ServerResponse, body: Buffer) =>
  response.writeHead(200, { 'content-type': 'application/json' }).end(body);

const server = createServer(async (request, response) => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part);
  if (!request.url?.endsWith('/chat/completions')) return response.writeHead(200).end(piece);
  const model = /"model":"([^"]*)"/.exec(Buffer.concat(parts).toString('latin1', 0))?.[1];
  if (model === 'choices') return json(response, choices);
  if (model === 'tokens') return json(response, long);
  if (model === 'event') return stream(response, upTo(40 * MB, piece, '\n\ndata: [DONE]\n\n'));
  if (model === 'stream') return stream(response, upTo(100 * MB, words, 'data: [DONE]\n\n'));
  return json(response, ordinary);
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo;
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}` })}\n`);
});
