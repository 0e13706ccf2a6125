/** Sends feedback for bench/serve-store.ts at a constant rate, in its own process, so that it does not slow the client. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

export interface FeedbackOrder {
  url: string;
  ms: number;
  /** Ids of scored answers. */
  ids: readonly string[];
  perSecond: number;
  /** Makes the keys of each round its own. */
  round: number;
}

export interface FeedbackSent {
  /** Milliseconds of each feedback, from its scheduled time. */
  latencies: number[];
  failed: number;
}

process.on('message', async ({ url, ms, ids, perSecond, round }: FeedbackOrder) => {
  const pool = new Pool(url, { connections: 16, pipelining: 1 });
  const latencies: number[] = [];
  let failed = 0;
  const one = async (i: number, since: number) => {
    const body = JSON.stringify({ id: ids[i % ids.length], key: `${round}/${i}`, thumb: i % 3 === 0 ? 'down' : 'up' });
    const headers = { 'content-type': 'application/json', 'x-api-key': 'bench' };
    const reply = await pool.request({ method: 'POST', path: '/v1/feedback', body, headers });
    await reply.body.text();
    latencies.push(performance.now() - since);
    if (reply.statusCode !== 200) failed++;
  };
  const began = performance.now();
  const sent: Promise<void>[] = [];
  for (let i = 0; (i * 1000) / perSecond < ms; i++) {
    const since = began + (i * 1000) / perSecond;
    await sleep(Math.max(0, since - performance.now()));
    sent.push(one(i, since));
  }
  await Promise.all(sent);
  await pool.close();
  process.send?.({ latencies, failed } satisfies FeedbackSent);
});
process.send?.({ ready: true });
