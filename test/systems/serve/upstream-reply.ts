import type { ServerResponse } from 'node:http';
import { setImmediate as turn } from 'node:timers/promises';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import type { Random } from '../../../support/random.js';
import { mutated, oneOf } from '../mutate.js';

/** What an upstream stand-in sends. */
export interface UpstreamReply {
  status: number;
  headers: Record<string, string | string[]>;
  /** As they go over the wire. */
  chunks: Buffer[];
  /** The connection ends behind them, whatever was promised. */
  breaks: boolean;
  /** All bytes of the connection, for what no HTTP library would send. */
  raw?: Buffer;
  /** The body unpacked; null where it cannot be unpacked, or is not known to be packed so. */
  plain: Buffer | null;
}

const ODD_HEADERS: readonly [string, string | string[]][] = [
  ['x-vouch-decision', 'accept'],
  ['x-vouch-else', 'x'],
  ['X-Vouch-Probability', '0.99'],
  ['x-own', Buffer.from('é😀').toString('latin1')],
  ['x-own', '\xe9\x80'],
  ['connection', 'x-own, x-else'],
  ['set-cookie', ['a=1', 'b=2']],
  ['etag', '"x"'],
  ['location', 'http://x/'],
  ['content-disposition', 'attachment; filename="\xe9"'],
  ['x-long', 'y'.repeat(9000)],
  ['retry-after', '-1'],
  ['content-language', ''],
];
const TYPES = [
  'text/html',
  'text/event-stream',
  'TEXT/Event-Stream; charset=x',
  'application/json',
  'x',
  '',
  'text/plain',
];
const STATUSES = [
  200, 201, 203, 204, 206, 301, 302, 304, 400, 401, 404, 408, 413, 418, 429, 451, 499, 500, 502, 503, 529, 599,
];
const ENCODINGS = [
  'gzip',
  'deflate',
  'br',
  'zstd',
  'toString',
  '__proto__',
  'gzip, br',
  'gzip,gzip,gzip,gzip',
  'identity',
  '',
];
const packers = [
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
] as const;

const RAW = [
  'HTTP/1.1 099 X\r\nContent-Length: 1\r\n\r\nx',
  'HTTP/1.1 999 X\r\nContent-Length: 1\r\n\r\nx',
  'HTTP/1.1 200\r\n\r\n',
  'HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nabcdef',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n',
  'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Type: text/event-stream\r\n\r\n5\r\ndata:\r\n-1\r\n',
  'HTTP/1.1 101 Switching\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n',
  'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\nX: \x01\x02\r\nContent-Length: 2\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\nBad Header: y\r\nContent-Length: 2\r\n\r\n{}',
  'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX: a\r\n folded\r\n\r\n{}',
  'HTTP/1.0 200 OK\r\n\r\n{"choices":[]}',
  'HTTP/2 200\r\n\r\n',
  'garbage\r\n\r\n',
  '',
];

/** A body as an upstream may send it: other statuses, types, headers, encodings, in pieces, broken off. */
export function dressed(body: Buffer, type: string, draw: Random): UpstreamReply {
  const headers: Record<string, string | string[]> = { 'content-type': draw.next() < 0.93 ? type : oneOf(TYPES, draw) };
  for (let i = draw.next() < 0.8 ? 0 : 1 + draw.int(3); i > 0; i--) {
    const [name, value] = oneOf(ODD_HEADERS, draw);
    headers[name] = value;
  }
  let plain: Buffer | null = body;
  let sent = body;
  const packing = draw.next();
  if (packing < 0.08) {
    const [name, pack] = oneOf(packers, draw);
    headers['content-encoding'] = name;
    sent = pack(body);
    if (draw.next() < 0.4 && sent.length > 0) {
      sent = mutated(sent, draw);
      plain = null;
    }
  } else if (packing < 0.13) {
    headers['content-encoding'] = oneOf(ENCODINGS, draw);
    const { 'content-encoding': encoding } = headers;
    if (encoding !== '' && encoding !== 'identity') plain = null;
  }
  const status = draw.next() < 0.9 ? 200 : oneOf(STATUSES, draw);
  const breaks = draw.next() < 0.06;
  if (breaks) sent = sent.subarray(0, draw.int(sent.length + 1));
  else if (draw.next() < 0.3) headers['content-length'] = String(sent.length);
  if (draw.next() < 0.02)
    return {
      status: 200,
      headers,
      chunks: [],
      breaks: true,
      raw: Buffer.from(oneOf(RAW, draw), 'latin1'),
      plain: null,
    };
  return { status, headers, chunks: cutUp(sent, draw), breaks, plain };
}

/** Bytes in pieces: whole, a few, or a byte at a time. */
function cutUp(bytes: Buffer, draw: Random): Buffer[] {
  const how = draw.next();
  if (how < 0.5 || bytes.length < 2) return [bytes];
  const pieces = how < 0.9 ? 1 + draw.int(5) : Math.min(bytes.length, 60);
  const cuts = Array.from({ length: pieces }, () => draw.int(bytes.length)).sort((a, b) => a - b);
  return [0, ...cuts]
    .map((from, i) => bytes.subarray(from, cuts[i] ?? bytes.length))
    .filter((piece) => piece.length > 0);
}

/** Sends it. */
export async function sendReply(
  { status, headers, chunks, breaks, raw }: UpstreamReply,
  response: ServerResponse,
): Promise<void> {
  const { socket } = response;
  if (socket === null) return;
  if (raw !== undefined) {
    socket.end(raw);
    return;
  }
  response.writeHead(status, headers);
  for (const chunk of chunks) {
    response.write(chunk);
    if (chunks.length > 1) await turn();
  }
  if (!breaks) response.end();
  else setImmediate(() => socket.destroy());
}
