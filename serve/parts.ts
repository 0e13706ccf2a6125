import type { FastifyInstance } from 'fastify';
import type { Logged } from '../data/token-list.js';
import type { Score } from '../scorer/scorer.js';
import type { Live } from './bundle/live.js';
import type { Metrics } from './metrics.js';
import type { BodyOptions, ServeOptions } from './options.js';
import type { Telemetry } from './otlp/telemetry.js';
import type { Keeper } from './store/keeper.js';
import type { StoredRow } from './store/stored-row.js';

/** Everything that routes need. */
export interface Parts {
  live: Live;
  metrics: Metrics;
  options: ServeOptions;
  /** False before the first bundle is open, and after a stop signal. */
  ready(): boolean;
  /** Gets the reason why a new bundle was refused. */
  refused(error: unknown): void;
  /** Gets each score, to count it and, if records are logged, to log it with its record. */
  scored(record: Logged, score: Score, row?: StoredRow | null): void;
  /** Writes scored answers and feedback to the store; null: there is none. */
  keeper: Keeper | null;
  /** Tells OpenTelemetry what is scored; null: nobody is told. */
  telemetry: Telemetry | null;
}

/** What work on a request's body needs. The work is done on the event loop or in a thread. */
export interface Work {
  metrics: Pick<Metrics, 'ran'>;
  options: BodyOptions;
  scored: Parts['scored'];
}

/** A route, or a few that belong together. */
export type Route = (app: FastifyInstance, parts: Parts) => void;
