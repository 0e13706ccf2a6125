import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { request } from 'undici';
import { longRecord, manyRecords, nested, PIECE, records } from './bodies.js';

export type Target = 'service' | 'gateway';

/** The settings of a phase. */
export interface Phase {
  url: string;
  ms: number;
}

/** An attack and a harmless load of the same size. Both return the statuses of the replies. */
export interface Attack {
  name: string;
  on: Target;
  attack(phase: Phase): Promise<number[]>;
  harmless(phase: Phase): Promise<number[]>;
}

const MB = 1e6;
const MIB = 2 ** 20;

async function post(url: string, body: Buffer | string): Promise<number> {
  try {
    const reply = await request(url, { method: 'POST', body, headers: { 'content-type': 'application/json' } });
    await reply.body.dump({ limit: Infinity });
    return reply.statusCode;
  } catch {
    return 0;
  }
}

/** Does something n times, with starts spread evenly over the phase. */
async function spread(n: number, ms: number, each: (i: number) => Promise<number>): Promise<number[]> {
  const began = performance.now();
  const all: Promise<number>[] = [];
  for (let i = 0; i < n; i++) {
    await sleep(Math.max(0, began + (i * ms) / n - performance.now()));
    all.push(each(i));
  }
  return Promise.all(all);
}

/** Bodies of 16 ordinary records each, sent until the total size is reached. */
const batches = Array.from({ length: 4 }, (_, i) =>
  Buffer.from(`{"records":[${records.slice(16 * i, 16 * (i + 1))}]}`),
);
const inBatches = (bytes: number) => (phase: Phase) =>
  spread(Math.ceil(bytes / batches[0].length), phase.ms, (i) =>
    post(`${phase.url}/v1/score`, batches[i % batches.length]),
  );

/** Bodies sent to the service, and ordinary ones of the same total size. */
function bodies(name: string, n: number, make: () => Buffer): Attack {
  let made: Buffer | undefined;
  const body = () => (made ??= make());
  return {
    name,
    on: 'service',
    attack: ({ url, ms }) => spread(n, ms, () => post(`${url}/v1/score`, body())),
    harmless: (phase) => inBatches(n * body().length)(phase),
  };
}

/** Replies that pass through the gateway, and replies of the same total size that are not scored. */
function replies(name: string, n: number, { model, bytes }: { model: string; bytes: number }): Attack {
  const question = JSON.stringify({
    model,
    stream: model === 'event' || model === 'stream',
    messages: [{ role: 'user', content: '?' }],
  });
  return {
    name,
    on: 'gateway',
    attack: ({ url, ms }) => spread(n, ms, () => post(`${url}/v1/chat/completions`, question)),
    harmless: ({ url, ms }) => spread(Math.ceil((n * bytes) / PIECE), ms, () => post(`${url}/v1/files`, '')),
  };
}

/** 300 connections with half a request, and 300 with a whole one. */
function slow(on: Target, path: string): Attack {
  const open = async ({ url, ms }: Phase, text: string) => {
    const { port } = new URL(url);
    const sockets = Array.from({ length: 300 }, () => connect(Number(port), '127.0.0.1'));
    for (const socket of sockets) {
      socket.on('error', () => {});
      if (socket.connecting) await once(socket, 'connect');
      socket.write(text);
    }
    await sleep(ms);
    for (const socket of sockets) socket.destroy();
    return [];
  };
  return {
    name: '300 slow bodies',
    on,
    attack: (phase) => open(phase, `POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{`),
    harmless: (phase) => open(phase, 'GET /v2/health/live HTTP/1.1\r\nhost: x\r\n\r\n'),
  };
}

/** All attacks, each as often as it fits into a phase of 3 seconds. */
export const attacks: readonly Attack[] = [
  replies('reply with 10,000 choices', 3, { model: 'choices', bytes: 1.4 * MB }),
  replies('event of 40 MB without an end', 1, { model: 'event', bytes: 40 * MB }),
  replies('stream of 100 MB', 1, { model: 'stream', bytes: 100 * MB }),
  replies('reply of 30,000 tokens', 2, { model: 'tokens', bytes: 9 * MB }),
  slow('gateway', '/v1/chat/completions'),
  slow('service', '/v1/score'),
  bodies('answer of 30,000 tokens', 2, () => Buffer.from(longRecord(30_000))),
  bodies('16 MiB of nested JSON', 1, () => nested(16 * MIB - 1000)),
  bodies('16 MiB of records', 1, () => manyRecords(16 * MIB - 1000, 1024)),
  bodies('64 MiB of nested JSON', 1, () => nested(64 * MIB)),
];
