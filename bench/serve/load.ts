import { Pool } from 'undici';

export interface Load {
  url: string;
  path: string;
  bodies: readonly Buffer[];
  connections: number;
  headers?: Record<string, string>;
  /** Called with the text of each good answer. */
  check?(text: string): void;
}

export interface Loaded {
  requests: number;
  /** Number of requests without status 200. */
  failed: number;
  /** The first failures, as text. */
  failures: string[];
  seconds: number;
  /** Milliseconds of each request. */
  latencies: Float64Array;
}

const KEPT_FAILURES = 5;

/**
 * Sends requests over several connections until `more` returns false. Each connection sends its next request as soon as
 * it has an answer. The bodies repeat in order. At most `keep` latencies are kept.
 */
export async function load(
  { url, path, bodies, connections, headers, check }: Load,
  more: (sent: number) => boolean,
  keep = 1e6,
): Promise<Loaded> {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const full = (pathname === '/' ? '' : pathname) + path;
  const latencies = new Float64Array(keep);
  const failures: string[] = [];
  let sent = 0;
  let done = 0;
  let failed = 0;
  const fail = (text: string) => {
    failed++;
    if (failures.length < KEPT_FAILURES) failures.push(text);
  };
  const lane = async () => {
    while (more(sent)) {
      const body = bodies[sent++ % bodies.length];
      const began = performance.now();
      try {
        const reply = await pool.request({
          method: 'POST',
          path: full,
          body,
          headers: { 'content-type': 'application/json', ...headers },
        });
        const text = await reply.body.text();
        if (reply.statusCode !== 200) fail(`${reply.statusCode} ${text.slice(0, 200)}`);
        else check?.(text);
      } catch (error) {
        fail(String(error));
      }
      if (done < keep) latencies[done] = performance.now() - began;
      done++;
    }
  };
  const began = performance.now();
  await Promise.all(Array.from({ length: connections }, lane));
  const seconds = (performance.now() - began) / 1000;
  await pool.close();
  return { requests: done, failed, failures, seconds, latencies: latencies.slice(0, Math.min(done, keep)).sort() };
}

/** Load for a number of seconds. */
export function loadFor(what: Load, seconds: number): Promise<Loaded> {
  const until = performance.now() + 1000 * seconds;
  return load(what, () => performance.now() < until);
}

export function quantile(sorted: Float64Array, q: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))];
}
