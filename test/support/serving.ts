import {
  type CommonOptions,
  type GatewayOptions,
  gatewayDefaults,
  type ServeOptions,
  serveDefaults,
} from '../../serve/options.js';

/** A log that is kept, to look into. */
export function keptLog(): { lines: string[]; write(line: string): void } {
  const lines: string[] = [];
  return { lines, write: (line) => lines.push(line) };
}

const common = (model: string): CommonOptions => ({
  model,
  host: '127.0.0.1',
  port: 0,
  bodyLimit: serveDefaults.bodyLimit,
  inFlight: 64,
  rate: null,
  timeout: 10,
  watch: 0,
  keys: [],
  adminKeys: [],
  logLevel: 'info',
  log: keptLog(),
  logRequests: false,
  logRecords: false,
  vouch: '0.0.0-test',
});

/** Options of a service over a bundle, as a test wants them. */
export function serveOptions(model: string, more: Partial<ServeOptions> = {}): ServeOptions {
  return { ...common(model), name: 'vouch', mostRecords: 100, ...more };
}

/** Options of a gateway over a bundle, before an upstream. */
export function gatewayOptions(model: string, url: string, more: Partial<GatewayOptions> = {}): GatewayOptions {
  const { mostChoices: choices, mostTokens: tokens, mostEvent: event, mostEvents: events } = gatewayDefaults;
  const own = {
    ...{ askLogprobs: true, abstainText: null, escalate: null, strict: false, strictTools: false },
    ...{ allowPaths: [], limits: { choices, tokens, event, events }, bufferStreams: false, task: null },
  };
  return { ...common(model), upstream: { url, key: null }, ...own, ...more };
}
