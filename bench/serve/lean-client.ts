/**
 * A client that costs a tenth of an ordinary one: sockets that stay open, requests made once, replies only measured for
 * their length. On a machine that client and service share, an ordinary client takes the time that is to be measured.
 */
import { connect, type Socket } from 'node:net';

export interface Requests {
  url: string;
  path: string;
  bodies: readonly Buffer[];
  headers?: Record<string, string>;
  connections: number;
}

export interface Replies {
  /** Milliseconds of each request: from its scheduled time, or from when it was sent. */
  latencies: number[];
  /** Requests that were not answered with 200. */
  failed: number;
  seconds: number;
}

interface Lane {
  socket: Socket;
  /** When the request that it waits for was due; −1: it waits for none. */
  since: number;
  rest: Buffer;
}

/**
 * Sends requests for some seconds: at a constant rate, however long the replies take, or, without a rate, the next one on
 * each connection as soon as it has a reply.
 */
export async function requests(
  { url, path, bodies, headers = {}, connections }: Requests,
  { seconds, rate }: { seconds: number; rate?: number },
): Promise<Replies> {
  const { hostname, port } = new URL(url);
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  const texts = bodies.map((body) =>
    Buffer.concat([
      Buffer.from(
        `POST ${path} HTTP/1.1\r\nhost: ${hostname}:${port}\r\ncontent-type: application/json\r\n` +
          `${more.join('')}content-length: ${body.length}\r\n\r\n`,
      ),
      body,
    ]),
  );
  const latencies: number[] = [];
  let failed = 0;
  let sent = 0;
  const free: Lane[] = [];
  /** Times at which requests were due that wait for a free connection. */
  const due: number[] = [];
  let first = 0;
  let isOver = false;
  let done = () => {};

  const send = (lane: Lane, since: number) => {
    lane.since = since;
    lane.socket.write(texts[sent++ % texts.length]);
  };
  const answered = (lane: Lane, status: string) => {
    latencies.push(performance.now() - lane.since);
    if (status !== '200') failed++;
    lane.since = -1;
    if (rate === undefined && !isOver) send(lane, performance.now());
    else if (first < due.length) send(lane, due[first++]);
    else {
      free.push(lane);
      if (isOver && free.length === connections) done();
    }
  };
  const lanes = await Promise.all(
    Array.from({ length: connections }, async () => {
      const socket = connect({ host: hostname, port: Number(port), noDelay: true });
      const lane: Lane = { socket, since: -1, rest: Buffer.alloc(0) };
      await new Promise((ready, failing) => socket.once('connect', ready).once('error', failing));
      socket.on('data', (chunk) => {
        const text = lane.rest.length === 0 ? chunk : Buffer.concat([lane.rest, chunk]);
        const head = text.indexOf('\r\n\r\n');
        const length = head < 0 ? 0 : Number(/content-length: (\d+)/i.exec(text.toString('latin1', 0, head))?.[1]);
        if (head < 0 || text.length < head + 4 + length) lane.rest = text;
        else {
          lane.rest = Buffer.alloc(0);
          answered(lane, text.toString('latin1', 9, 12));
        }
      });
      return lane;
    }),
  );
  const began = performance.now();
  const end = began + 1000 * seconds;
  if (rate === undefined) for (const lane of lanes) send(lane, performance.now());
  else {
    free.push(...lanes);
    let next = 0;
    while (performance.now() < end) {
      await new Promise((soon) => setTimeout(soon, 1));
      for (; began + (1000 * next) / rate <= performance.now(); next++) {
        const at = began + (1000 * next) / rate;
        const lane = free.pop();
        // a request that this client itself sends late is not the service's delay
        const since = Math.max(at, performance.now() - 1);
        if (lane === undefined) due.push(since);
        else send(lane, since);
      }
    }
  }
  if (rate === undefined) await new Promise((soon) => setTimeout(soon, 1000 * seconds));
  isOver = true;
  if (free.length < connections) await new Promise<void>((resolve) => (done = resolve));
  for (const { socket } of lanes) socket.destroy();
  return { latencies, failed, seconds: (performance.now() - began) / 1000 };
}
