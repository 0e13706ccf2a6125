/** Whether a client may send another request now. */
export type Rate = (client: string, now: number) => boolean;

/**
 * The most clients that are remembered. Beyond it, the client that was inactive longest is forgotten, which can only
 * give it a full bucket.
 */
const MOST_CLIENTS = 10_000;

/**
 * One token bucket per client: `perSecond` requests per second, and the same number at once after a pause. `now` in
 * milliseconds. Memory: at most 10,000 clients.
 */
export function rateOf(perSecond: number): Rate {
  const buckets = new Map<string, { left: number; at: number }>();
  const most = Math.max(1, perSecond);
  return (client, now) => {
    const bucket = buckets.get(client) ?? { left: most, at: now };
    bucket.left = Math.min(most, bucket.left + ((now - bucket.at) / 1000) * perSecond);
    bucket.at = now;
    const may = bucket.left >= 1;
    if (may) bucket.left--;
    buckets.delete(client);
    buckets.set(client, bucket);
    if (buckets.size > MOST_CLIENTS) buckets.delete(buckets.keys().next().value as string);
    return may;
  };
}
