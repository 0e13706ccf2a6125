import type { AskOptions, WayOptions } from '../data/ask/options.js';
import type { Naming } from '../data/naming.js';
import type { Pinning } from '../models/bundle/pinning.js';
import type { Prices } from '../scorer/policy/prices.js';
import type { Plugins } from '../support/plugins/plugin.js';
import type { DashboardOptions } from './dashboard/options.js';
import type { Limits } from './gateway/verdict/limits.js';
import type { TenantKey } from './http/tenants.js';

/** Defaults of `vouch serve` and of the options that `vouch gateway` shares with it. The help texts use them, too. */
export const serveDefaults = {
  host: '127.0.0.1',
  port: 8080,
  name: 'vouch',
  /**
   * The largest body in bytes, also after decompression. A logged answer of 20,000 tokens with 5 alternatives each has
   * 5 to 10 MB.
   */
  bodyLimit: 16 * 1024 * 1024,
  /** The most records in one request. */
  mostRecords: 1024,
  /** The most requests in flight (arrived and not answered yet). Further requests get 503. */
  inFlight: 256,
  /**
   * The most bytes of all bodies that are arriving, together, as a multiple of the largest body. Beyond it, the largest
   * one is cut off with 503.
   */
  arriving: 16,
  /** Seconds that a request may take to arrive, and to be answered. */
  timeout: 30,
  /** Seconds between two checks of the bundle's folder; 0: none. */
  watch: 2,
  /**
   * Seconds between a TERM signal and the last accepted connection, in which a load balancer can notice that the
   * service is not ready.
   */
  drainWait: 1,
  /** Seconds after that in which requests in progress may finish. */
  drainTimeout: 30,
  logLevel: 'info',
  /** The most scored answers that may wait for the store. Further ones are not stored, and counted. */
  storeQueue: 10_000,
  /** Answers that one run of the monitor draws for its queue, on average. A run is usually an hour, not a day. */
  monitorLabels: 10,
  /** The most spans, and the most events, that may wait for the OTLP receiver. */
  otlpQueue: 10_000,
} as const;

export const gatewayDefaults = {
  port: 8081,
  /** Answers with log-probabilities are large: with 20 alternatives, 2 kB per token. */
  bodyLimit: 32 * 1024 * 1024,
  /** Seconds that an upstream may take to begin its answer, and between two parts of it. */
  timeout: 600,
  /**
   * Larger answers pass unscored, or are replaced under --strict. The limits: choices, tokens with log-probabilities, …
   */
  mostChoices: 128,
  mostTokens: 32_768,
  /**
   * … bytes of one event of a stream (the last event of a Responses stream contains the whole answer), events of a
   * stream.
   */
  mostEvent: 8 * 1024 * 1024,
  mostEvents: 131_072,
  /** The text that replaces an answer under --strict if no other text is given. */
  withheldText: 'This answer was withheld: it could not be confirmed.',
  /** Seconds that a stage of a policy may take. */
  stageTimeout: 30,
} as const;

/** Where scored answers and feedback are stored. */
export interface StoreOptions {
  /** A path, or postgres://… */
  place: string;
  queue: number;
  /** Whether prompts and answers are stored too. */
  texts: boolean;
  /** The tenants of clients. Clients with other keys, or none, share the tenant ''. */
  clients: readonly TenantKey[];
  /** Who may send feedback; empty: the route is closed. */
  feedbackKeys: readonly TenantKey[];
}

/** When and where a service runs the monitor over its store. */
export interface MonitorSchedule {
  /** Seconds between two runs. */
  every: number;
  /** File that remembers what earlier runs found. */
  state: string;
  /** Folder for files of answers to label; none if absent. */
  queue?: string;
  /** Number of answers that a run draws for it, on average. */
  queueLabels: number;
  /** Address that gets alarms. */
  webhook?: string;
}

/** Where spans and events about scored answers go. */
export interface OtlpOptions {
  /** The address of the receiver, without /v1/traces and /v1/logs. */
  url: string;
  headers: Readonly<Record<string, string>>;
  /** The most spans, and the most events, that may wait. Further ones are dropped and counted. */
  queue: number;
  send: readonly OtlpSignal[];
  /** The name of this service. */
  service: string;
  /** Milliseconds before the first repetition, if it is not the usual second. */
  backOff?: number;
}

export const OTLP_SIGNALS = ['spans', 'events'] as const;
export type OtlpSignal = (typeof OTLP_SIGNALS)[number];

/** The options that both services have. */
export interface CommonOptions {
  model: string;
  /** Folder of a challenger, which scores the same answers after the reply; absent: none. */
  shadow?: string;
  host: string;
  port: number;
  bodyLimit: number;
  inFlight: number;
  /** The most requests per second from one client; null: no limit. */
  rate: number | null;
  timeout: number;
  watch: number;
  /** Empty: no key is required. */
  keys: readonly string[];
  adminKeys: readonly string[];
  logLevel: string;
  /** Where the log goes, one line of JSON at a time; standard error if absent. */
  log?: { write(line: string): void };
  logRequests: boolean;
  logRecords: boolean;
  /** Absent: nothing is stored. */
  store?: StoreOptions;
  /** Pages about what is stored; absent: none. They need a store. */
  dashboard?: DashboardOptions;
  /** Absent: the service does not run the monitor. It needs a store. */
  monitor?: MonitorSchedule;
  /** Absent: nothing is sent. */
  otlp?: OtlpOptions;
  /** Names of models and tasks in addition to those that the bundle knows. */
  naming?: Naming;
  /** Whose bundles are accepted, also when the bundle is reloaded. */
  pinning?: Pinning;
  /** The plug-ins that bundles may use, read once at the start. */
  plugins?: Plugins;
  /** Folders of the encoders that bundles may use; each is opened once per bundle and thread. */
  encoders?: readonly string[];
  /** Version of vouch. */
  vouch: string;
}

export interface ServeOptions extends CommonOptions {
  /** Name of the model under /v2/models. */
  name: string;
  mostRecords: number;
}

/** The options for reading and scoring the body of one request. */
export type BodyOptions = Pick<ServeOptions, 'mostRecords' | 'timeout' | 'logRecords'>;

/** An OpenAI-compatible endpoint and the key that the gateway sends to it; null: it gets the client's own key. */
export interface Endpoint {
  url: string;
  key: string | null;
}

/** Another model that a policy can ask. */
interface SecondModel {
  /** Its name in the policy; null: every model of the policy that has no endpoint of its own. */
  model: string | null;
  endpoint: Endpoint;
}

/** How a gateway buys the stages of a policy. */
export interface PolicyServing {
  /** Other prices than those that the policy was trained with; null: those. */
  prices: Prices | null;
  /** Seconds that a stage may take: all of them, and single ones. */
  stageTimeout: number;
  stageTimeouts: Readonly<Record<string, number>>;
  /** The temperature of samples; null: that of the certificate. */
  sampleTemperature: number | null;
  seconds: readonly SecondModel[];
  /** The name of a model of the policy at its endpoint, where it has another one there. */
  names: Readonly<Record<string, string>>;
  /** Whom to ask for verifiers, as `vouch enrich` does. */
  ask: AskOptions;
  way: WayOptions;
  env: Record<string, string | undefined>;
}

export interface GatewayOptions extends CommonOptions {
  upstream: Endpoint;
  /** The bundle is a policy, and the gateway buys what it says; absent: each answer is scored once. */
  policy?: PolicyServing;
  /** False: the gateway never adds a request for log-probabilities. */
  askLogprobs: boolean;
  /** The text that replaces an answer that is not accepted; null: the answer stays. */
  abstainText: string | null;
  /** The model that is asked if the first answer gets the decision abstain or escalate; null: none. */
  escalate: { endpoint: Endpoint; model: string | null } | null;
  /** Treat answers without a decision (or without a score) like abstain, and let only known paths pass. */
  strict: boolean;
  /** The same for tool and function calls. */
  strictTools: boolean;
  /**
   * Paths that pass under `strict` although they are not scored, in addition to those that are known to return no
   * answers.
   */
  allowPaths: readonly string[];
  limits: Limits;
  /** Hold streams back until they are scored, so that they can be replaced. */
  bufferStreams: boolean;
  /** The task of records that name none. */
  task: string | null;
}
