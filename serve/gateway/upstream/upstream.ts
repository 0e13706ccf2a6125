import type { IncomingHttpHeaders } from 'node:http';
import type { Readable } from 'node:stream';
import { Agent, type Dispatcher, errors } from 'undici';
import { VouchError } from '../../../support/errors.js';
import type { Endpoint } from '../../options.js';
import { PERSON } from '../../store/asked.js';

type Reply = Dispatcher.ResponseData;

export interface Upstream {
  /** Sends a request. Errors: UpstreamFailure for network failures and time-outs. */
  send(what: Sent): Promise<Reply>;
  /** Identifies this endpoint. */
  origin: string;
}

export interface Sent {
  method: string;
  /** Path and query as the client sent them. */
  path: string;
  headers: IncomingHttpHeaders;
  body: string | Buffer | Readable | null;
  signal: AbortSignal;
}

/** A request that got no answer: the message and the status for the client. */
export class UpstreamFailure extends Error {
  constructor(
    readonly status: 502 | 504,
    message: string,
    cause: unknown,
    /** Whether the request never reached the upstream. */
    readonly unreached = false,
  ) {
    super(message, { cause });
  }
}

/** Headers that belong to one connection, and those that undici writes itself. Source: RFC 9110, section 7.6.1. */
const HOP = [
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'host',
];

/**
 * Headers of an answer for the client. Only the gateway may write headers with vouch's results, so the upstream's are
 * removed.
 */
export function repliedHeaders(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const own = Object.entries(passedOn(headers)).filter(([name]) => !name.toLowerCase().startsWith('x-vouch-'));
  return Object.fromEntries(own);
}

/** Headers without those that belong to one connection. */
function passedOn(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const named = String(headers.connection ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim());
  const kept = Object.entries(headers).filter(
    ([name, value]) => value !== undefined && !HOP.includes(name) && !named.includes(name),
  );
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

/**
 * The connections of a gateway to all its upstreams. `timeout` in seconds: until the headers arrive, and between two
 * parts of a body.
 */
export function newAgent(timeout: number): Agent {
  return new Agent({ headersTimeout: 1000 * timeout, bodyTimeout: 1000 * timeout, connect: { timeout: 10_000 } });
}

/**
 * An endpoint at an address: `http://host:8080`, or with a path that ends with or before /v1. The client's path is
 * appended. `guarded`: the client's key is for the gateway and is not passed on. Errors: BAD_USAGE.
 */
export function upstreamOf(agent: Agent, { url, key }: Endpoint, guarded: boolean): Upstream {
  const base = parse(url);
  const prefix = base.pathname.replace(/\/+$/, '').replace(/\/v1$/, '');
  return {
    origin: base.origin + prefix,
    send: async ({ method, path, headers, body, signal }) => {
      const own = passedOn(headers);
      delete own[PERSON];
      if (guarded) {
        delete own.authorization;
        delete own['x-api-key'];
      }
      if (key !== null) showKey(own, key);
      if (typeof body === 'string' || Buffer.isBuffer(body)) delete own['content-length'];
      try {
        return await agent.request({
          origin: base.origin,
          path: prefix + path,
          method: method as Dispatcher.HttpMethod,
          headers: own,
          body,
          signal,
        });
      } catch (error) {
        signal.throwIfAborted();
        if (error instanceof errors.InvalidArgumentError) {
          throw new VouchError('BAD_REQUEST', 'this cannot be sent to an upstream', {
            expected: 'a path that begins with /',
            got: path,
          });
        }
        const { code, message } = error as NodeJS.ErrnoException;
        const late = code === 'UND_ERR_HEADERS_TIMEOUT' || code === 'UND_ERR_CONNECT_TIMEOUT';
        throw new UpstreamFailure(
          late ? 504 : 502,
          `the upstream ${late ? 'took too long' : 'cannot be reached'}: ${code ?? message}`,
          error,
          UNREACHED.includes(code ?? ''),
        );
      }
    },
  };
}

/** Failures to open a connection. */
const UNREACHED = [
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'],
];

/**
 * Sends the key in the header that the API expects. Anthropic's API has its own header; its clients send a version of
 * the API.
 */
function showKey(headers: Record<string, string | string[]>, key: string): void {
  if (headers['anthropic-version'] === undefined) headers.authorization = `Bearer ${key}`;
  else {
    delete headers.authorization;
    headers['x-api-key'] = key;
  }
}

function parse(text: string): URL {
  const expected = 'an address such as http://127.0.0.1:8000/v1';
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new VouchError('BAD_USAGE', 'not the address of an upstream', { field: '--upstream', expected, got: text });
  }
  if (url.username === '' && url.password === '') return url;
  throw new VouchError('BAD_USAGE', 'an address must not contain a user name or password', {
    field: '--upstream',
    hint: 'Put the key into a file or an environment variable.',
  });
}
