import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Score } from '../scorer/scorer.js';
import type { Loaded } from './bundle/loaded.js';

/** What the service counts, for Prometheus. It contains no text and no id. */
export interface Metrics {
  registry: Registry;
  /** Called when a request is over. */
  over(route: string, status: number, seconds: number): void;
  scored(score: Score): void;
  /** Called when rows went through the scorer together. */
  ran(rows: number): void;
  swapped(loaded: Loaded): void;
  refused(): void;
}

const SECONDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const TENTHS = Array.from({ length: 20 }, (_, i) => (i + 1) / 20);
const SHIFTS = [0.1, 0.2, 0.4, 0.6, 0.8, 1, 1.25, 1.5, 2, 4];
const ROWS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024];

/** `inFlight` returns the number of requests in flight when Prometheus asks. */
export function newMetrics(inFlight: () => number): Metrics {
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const requests = new Counter({
    name: 'vouch_requests_total',
    help: 'Requests by route and status; 499: the client closed its connection.',
    labelNames: ['route', 'status'],
    registers,
  });
  const latency = new Histogram({
    name: 'vouch_request_seconds',
    help: 'From the headers of a request to the end of its response.',
    labelNames: ['route'],
    buckets: SECONDS,
    registers,
  });
  const scores = new Counter({
    name: 'vouch_scores_total',
    help: 'Answers scored, by decision, reason for no decision, and pattern of signals.',
    labelNames: ['decision', 'why', 'pattern'],
    registers,
  });
  const probabilities = new Histogram({
    name: 'vouch_probability',
    help: 'Probabilities of answers. If they drift, the answers have changed.',
    buckets: TENTHS,
    registers,
  });
  const shifts = new Histogram({
    name: 'vouch_shift',
    help: 'How unlike the training answers an answer is; above 1 there is no decision.',
    buckets: SHIFTS,
    registers,
  });
  const batches = new Histogram({
    name: 'vouch_batch_rows',
    help: 'Rows that went through the graph together.',
    buckets: ROWS,
    registers,
  });
  const bundle = new Gauge({
    name: 'vouch_bundle_info',
    help: '1 for the bundle in use.',
    labelNames: ['version', 'digest', 'vouch', 'created', 'learner'],
    registers,
  });
  const swaps = new Counter({
    name: 'vouch_bundle_loads_total',
    help: 'Bundles that came into use, and bundles that were refused.',
    labelNames: ['result'],
    registers,
  });
  // Prometheus sees the first refusal only if it saw 0 before
  for (const result of ['swapped', 'refused']) swaps.inc({ result }, 0);
  new Gauge({
    name: 'vouch_requests_in_flight',
    help: 'Requests being answered.',
    registers,
    collect() {
      this.set(inFlight());
    },
  });
  let now: Loaded | null = null;
  new Gauge({
    name: 'vouch_threads',
    help: 'Threads that score long requests with the bundle in use; the first long request starts one.',
    registers,
    collect() {
      this.set(now?.side.threads ?? 0);
    },
  });
  return {
    registry,
    over: (route, status, seconds) => {
      requests.inc({ route, status });
      latency.observe({ route }, seconds);
    },
    scored: ({ decision, why, pattern, probability, shift }) => {
      scores.inc({ decision: decision ?? 'none', why: why ?? '', pattern: pattern ?? '' });
      if (probability !== null && !Number.isNaN(probability)) probabilities.observe(probability);
      if (shift !== null && !Number.isNaN(shift)) shifts.observe(shift);
    },
    ran: (rows) => batches.observe(rows),
    swapped: (loaded) => {
      now = loaded;
      const { version, scorer } = loaded;
      const { digest, manifest } = scorer;
      bundle.reset();
      const { vouch, created, model } = manifest;
      bundle.set({ version, digest, vouch, created: created ?? '', learner: model.name }, 1);
      swaps.inc({ result: 'swapped' });
    },
    refused: () => swaps.inc({ result: 'refused' }),
  };
}
