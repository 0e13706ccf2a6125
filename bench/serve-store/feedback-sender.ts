/** Sends feedback for bench/serve-store.ts at a constant rate, in its own process, so that it does not slow the client. */
import { requests } from '../serve/lean-client.js';

export interface FeedbackOrder {
  url: string;
  seconds: number;
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

process.on('message', async ({ url, seconds, ids, perSecond, round }: FeedbackOrder) => {
  // one second more, so that none is sent twice
  const bodies = Array.from({ length: perSecond * (seconds + 1) }, (_, i) =>
    Buffer.from(JSON.stringify({ id: ids[i % ids.length], key: `${round}/${i}`, thumb: i % 3 === 0 ? 'down' : 'up' })),
  );
  const what = { url, path: '/v1/feedback', bodies, headers: { 'x-api-key': 'bench' }, connections: 16 };
  const { latencies, failed } = await requests(what, { seconds, rate: perSecond });
  process.send?.({ latencies, failed } satisfies FeedbackSent);
});
process.send?.({ ready: true });
