import type { Naming } from '../data/naming.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { Limits } from './gateway/verdict/limits.js';

/** Defaults of `vouch serve` and of what `vouch gateway` has in common with it; the help reads them here. */
export const serveDefaults = {
  host: '127.0.0.1',
  port: 8080,
  name: 'vouch',
  /** Largest body, unpacked too, in bytes: a logged answer of 20,000 tokens with 5 alternatives each is 5 to 10 MB. */
  bodyLimit: 16 * 1024 * 1024,
  /** Records of one request at most. */
  mostRecords: 1024,
  /** Requests in flight at most (arrived, and not answered yet); more get 503. */
  inFlight: 256,
  /** Bytes of bodies that are still arriving, of all together, in largest bodies; past it the largest one is cut off with 503. */
  arriving: 16,
  /** Seconds a request may take to arrive, and to be answered. */
  timeout: 30,
  /** Seconds between two looks at the bundle's folder; 0: none. */
  watch: 2,
  /** Seconds between a TERM signal and the last connection taken, for a load balancer to notice that it is not ready. */
  drainWait: 1,
  /** Seconds requests under way then have. */
  drainTimeout: 30,
  logLevel: 'info',
} as const;

export const gatewayDefaults = {
  port: 8081,
  /** Answers are large with log-probabilities: 20 alternatives are 2 kB a token. */
  bodyLimit: 32 * 1024 * 1024,
  /** Seconds an upstream may take to begin its answer, and between two parts of it. */
  timeout: 600,
  /** Larger answers are passed unscored, or replaced under --strict: choices, tokens with log-probabilities, … */
  mostChoices: 128,
  mostTokens: 32_768,
  /** … bytes of one event of a stream (the last one of a Responses stream holds all of the answer), events of a stream. */
  mostEvent: 8 * 1024 * 1024,
  mostEvents: 131_072,
  /** What stands in the place of an answer under --strict where no text is given. */
  withheldText: 'This answer was withheld: it could not be confirmed.',
} as const;

/** What both services take. */
export interface CommonOptions {
  model: string;
  host: string;
  port: number;
  bodyLimit: number;
  inFlight: number;
  /** Requests a second from one client; null: any. */
  rate: number | null;
  timeout: number;
  watch: number;
  /** Empty: none is wanted. */
  keys: readonly string[];
  adminKeys: readonly string[];
  logLevel: string;
  /** Where the log goes, a line of JSON at a time; standard error where absent. */
  log?: { write(line: string): void };
  logRequests: boolean;
  logRecords: boolean;
  /** How models and tasks are called, on top of what the bundle knows. */
  naming?: Naming;
  /** Whom bundles must come from, those of a reload too. */
  pinning?: Pinning;
  /** Version of vouch. */
  vouch: string;
}

export interface ServeOptions extends CommonOptions {
  /** Name of the model under /v2/models. */
  name: string;
  mostRecords: number;
}

/** What reading and scoring one request's body depends on. */
export type BodyOptions = Pick<ServeOptions, 'mostRecords' | 'timeout' | 'logRecords'>;

/** An OpenAI-compatible endpoint and the key the gateway shows it; null: the client's own goes there. */
export interface Endpoint {
  url: string;
  key: string | null;
}

export interface GatewayOptions extends CommonOptions {
  upstream: Endpoint;
  /** False: log-probabilities are never asked for on the client's behalf. */
  askLogprobs: boolean;
  /** Text in the place of an answer that is abstained from; null: it stays. */
  abstainText: string | null;
  /** Who is asked where the first answer is abstained from or to be escalated; null: nobody. */
  escalate: { endpoint: Endpoint; model: string | null } | null;
  /** Treat answers without a decision (or that could not be scored) as abstained from, and let nothing else by. */
  strict: boolean;
  /** Treat tool and function calls so, too. */
  strictTools: boolean;
  /** Paths that pass under `strict` though no answer is scored there, beside those that are known to give none. */
  allowPaths: readonly string[];
  limits: Limits;
  /** Hold streams back until they are scored, so that they can be replaced. */
  bufferStreams: boolean;
  /** Task of records that name none. */
  task: string | null;
}
