import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import type { FuzzCase, FuzzReply } from './fuzz-case.js';

/** Seconds after which a reply is given up; what takes longer than it may counts as hung before. */
const PATIENCE = 30;

/** Sends requests over a few connections that are kept, each path and header as it is. */
export interface Sender {
  /** Null where nothing came in time, or nothing at all. */
  send(url: URL, what: Pick<FuzzCase, 'method' | 'path' | 'headers' | 'body' | 'raw'>): Promise<FuzzReply | null>;
  close(): void;
}

export function newSender(connections: number): Sender {
  const agent = new Agent({ keepAlive: true, maxSockets: connections });
  return {
    send: (url, what) => (what.raw === undefined ? sendOver(agent, url, what) : sendRaw(url, what.raw)),
    close: () => agent.destroy(),
  };
}

function sendOver(
  agent: Agent,
  { hostname, port }: URL,
  { method, path, headers, body }: Pick<FuzzCase, 'method' | 'path' | 'headers' | 'body'>,
): Promise<FuzzReply | null> {
  return new Promise((resolve) => {
    const asked = request({ agent, hostname, port, method, path, headers, joinDuplicateHeaders: true });
    const late = setTimeout(() => {
      resolve(null);
      asked.destroy();
    }, 1000 * PATIENCE);
    const over = (reply: FuzzReply | null) => {
      clearTimeout(late);
      resolve(reply);
    };
    asked.on('response', (response) => {
      const chunks: Buffer[] = [];
      const end = () => {
        const { statusCode: status = 0, complete } = response;
        over({ status, headers: response.headers, body: Buffer.concat(chunks), torn: !complete });
      };
      response
        .on('data', (chunk) => chunks.push(chunk))
        .on('error', end)
        .on('close', end);
    });
    asked.on('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(late);
      // a kept connection may end as the request goes out: a client tries again on another one
      if (asked.reusedSocket && error.code === 'ECONNRESET')
        resolve(sendOver(agent, { hostname, port } as URL, { method, path, headers, body }));
      else over({ status: 0, headers: {}, body: Buffer.from(String(error)), torn: true });
    });
    asked.end(body);
  });
}

/** Writes bytes and reads one reply, whose connection then ends. */
function sendRaw({ hostname, port }: URL, raw: Buffer): Promise<FuzzReply | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    const socket = connect(Number(port), hostname);
    const late = setTimeout(() => {
      socket.destroy();
      resolve(null);
    }, 1000 * PATIENCE);
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', () => {});
    socket.on('close', () => {
      clearTimeout(late);
      const all = Buffer.concat(chunks);
      const end = all.indexOf('\r\n\r\n');
      const [, status] = /^HTTP\/1\.1 (\d{3})/.exec(all.toString('latin1', 0, 20)) ?? [];
      const [, length] = /^content-length: (\d+)/im.exec(all.toString('latin1', 0, Math.max(0, end))) ?? [];
      resolve({
        status: Number(status ?? 0),
        headers: {},
        body: all.subarray(end + 4, end + 4 + Number(length ?? all.length)),
        torn: status === undefined || end < 0,
      });
    });
    socket.end(raw);
  });
}
