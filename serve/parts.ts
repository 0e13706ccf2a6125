import type { FastifyInstance } from 'fastify';
import type { Logged } from '../data/token-list.js';
import type { Score } from '../scorer/scorer.js';
import type { Live } from './bundle/live.js';
import type { Metrics } from './metrics.js';
import type { BodyOptions, ServeOptions } from './options.js';

/** What routes are made of. */
export interface Parts {
  live: Live;
  metrics: Metrics;
  options: ServeOptions;
  /** False before the first bundle and from a stop signal on. */
  ready(): boolean;
  /** Told why a new bundle was not taken. */
  refused(error: unknown): void;
  /** Told of each score: counted, and logged with its record where that was asked for. */
  scored(record: Logged, score: Score): void;
}

/** What work on a request's body needs of them: it is done here, or in a thread. */
export interface Work {
  metrics: Pick<Metrics, 'ran'>;
  options: BodyOptions;
  scored: Parts['scored'];
}

/** A route, or a few that belong together. */
export type Route = (app: FastifyInstance, parts: Parts) => void;
