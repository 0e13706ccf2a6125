/** Tells whether a client may send one more request now. */
export type Rate = (client: string, now: number) => boolean;

/** Clients remembered at most; past it the longest unseen one is forgotten, which only ever grants it a full bucket. */
const MOST_CLIENTS = 10_000;

/**
 * A token bucket a client: `perSecond` requests a second, and as many again at once after a pause. `now` in milliseconds.
 * Memory: at most 10,000 clients.
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
