import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface Measured {
  /** Milliseconds of each ordinary request, from its scheduled time. */
  latencies: number[];
  /** Milliseconds of each health request. */
  health: number[];
  /** The number of ordinary requests that were not answered with 200. */
  failed: number;
}

export interface What {
  url: string;
  path: string;
  bodies: readonly Buffer[];
  healthPath: string;
  /** Requests per second. */
  rate: number;
}

/** Milliseconds between two health requests. */
const HEALTH_EVERY = 50;

/** Sends ordinary requests at a constant rate, however long the answers take, and health requests, until `over`. */
export async function measure(
  { url, path, bodies, healthPath, rate }: What,
  over: Promise<unknown>,
): Promise<Measured> {
  const pool = new Pool(url, { connections: 64, pipelining: 1 });
  const measured: Measured = { latencies: [], health: [], failed: 0 };
  let going = true;
  void over.finally(() => (going = false));
  const ask = async (given: { method: 'GET' | 'POST'; path: string; body?: Buffer }, since: number, into: number[]) => {
    const reply = await pool.request({ ...given, headers: { 'content-type': 'application/json' } });
    await reply.body.text();
    into.push(performance.now() - since);
    if (reply.statusCode !== 200) measured.failed++;
  };
  const at = async (every: number, send: (i: number, since: number) => Promise<void>) => {
    const began = performance.now();
    const sent: Promise<void>[] = [];
    for (let i = 0; going; i++) {
      const since = began + i * every;
      const wait = since - performance.now();
      if (wait > 0) await sleep(wait);
      sent.push(send(i, Math.max(since, performance.now() - 1)));
    }
    await Promise.all(sent);
  };
  await Promise.all([
    at(1000 / rate, (i, since) =>
      ask({ method: 'POST', path, body: bodies[i % bodies.length] }, since, measured.latencies),
    ),
    at(HEALTH_EVERY, (_, since) => ask({ method: 'GET', path: healthPath }, since, measured.health)),
  ]);
  await pool.close();
  return measured;
}
