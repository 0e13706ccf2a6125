import type { Random } from '../../../support/random.js';
import { mutated, mutatedValue, oddText, oneOf } from '../mutate.js';
import { codeIn, type FuzzCase, type FuzzReply } from './fuzz-case.js';
import { passedStart, passedStream, passedText, sameButLogprobs } from './passed.js';
import { oddPath } from './path-cases.js';
import { MARK, replyText, spoken, streamText } from './reply-texts.js';
import { dressed, type UpstreamReply } from './upstream-reply.js';

/** The gateways that cases go to; what they do is in `fuzz.ts`. */
export const GATEWAYS = ['loose', 'asking', 'acting', 'strict', 'strict accepting'] as const;
export type Gateway = (typeof GATEWAYS)[number];

type Fields = Record<string, unknown>;

/** A case with what the upstream answers to it. */
export interface GatewayCase extends FuzzCase {
  upstream: UpstreamReply;
}

const TRICKS = [
  '/v1/models',
  '/v1/responses/resp_1',
  '/v1/embeddings',
  '/v1/files',
  '/chat/completions',
  '/v1/audio/speech',
  '/v1/batches',
];
const METHODS = ['GET', 'PUT', 'DELETE', 'PATCH', 'HEAD', 'OPTIONS'];

/** A request of an API, and what the upstream replies to it: a whole answer, or a stream of events. */
export function gatewayCase(streams: boolean, draw: Random): GatewayCase {
  const api = oneOf(spoken, draw);
  const to = oneOf(GATEWAYS, draw);
  const good = draw.next() < 0.15;
  const asks = draw.next() < 0.5;
  const n = draw.next() < 0.15 && api.path.endsWith('completions') && !streams ? 1 + draw.int(20) : 1;
  const body: Fields = {
    ...api.request,
    ...(asks ? api.asks : {}),
    ...(streams ? { stream: true } : {}),
    ...(n === 1 ? {} : { n }),
    ...(draw.next() < 0.1 ? { vouch: { id: 'own', task: 't', features: { x: 1 } } } : {}),
  };
  const told = good || draw.next() < 0.8 ? body : (mutatedValue(body, draw) as Fields);
  const replied = { ...body, ...(draw.next() < 0.6 ? api.asks : {}) };
  const bytes = streams ? streamText(api, replied, good, draw) : replyText(api, replied, good, draw);
  const type = streams ? 'text/event-stream' : 'application/json';
  const upstream = good
    ? { status: 200, headers: { 'content-type': type }, chunks: [bytes], breaks: false, plain: bytes }
    : dressed(bytes, type, draw);
  let text = good || draw.next() < 0.9 ? JSON.stringify(told) : oddText(told, draw);
  if (!good && draw.next() < 0.05) text = mutated(Buffer.from(text), draw).toString('latin1');
  return {
    to,
    method: 'POST',
    path: api.path,
    headers: { 'content-type': 'application/json' },
    body: Buffer.from(text),
    upstream,
    rows: 1,
    what: `${to} ${api.path} ${text.slice(0, 600)} <- ${describe(upstream)}`,
    check(reply, counted) {
      const fault =
        gatewayFault(this, reply) ??
        shown(to, reply) ??
        (good && reply.status !== 200 ? `a good reply came as ${reply.status}` : null);
      if (fault !== null) return fault;
      counted(1);
      return to === 'loose'
        ? passed(this, reply)
        : to === 'asking' && text === JSON.stringify(body)
          ? passedAsked(this, reply)
          : null;
    },
  };
}

/** A request to a path that may be none of an API, or one in disguise; the upstream has an answer to any of them. */
export function trickCase(draw: Random): GatewayCase {
  const api = oneOf(spoken, draw);
  const plain = draw.next() < 0.7 ? api.path : oneOf(TRICKS, draw);
  const path = draw.next() < 0.8 ? oddPath(plain, draw) : plain;
  const method = draw.next() < 0.8 ? 'POST' : oneOf(METHODS, draw);
  const to = oneOf(['strict', 'loose', 'strict accepting'] as const, draw);
  const bytes = replyText(api, api.request, true, draw);
  const upstream = {
    status: 200,
    headers: { 'content-type': 'application/json' },
    chunks: [bytes],
    breaks: false,
    plain: bytes,
  };
  const bodied = !['GET', 'HEAD', 'OPTIONS'].includes(method);
  return {
    to,
    method,
    path,
    headers: bodied ? { 'content-type': 'application/json' } : {},
    body: bodied ? Buffer.from(JSON.stringify(api.request)) : null,
    upstream,
    rows: 1,
    what: `${to} ${method} ${path}`,
    check(reply, counted) {
      const fault = gatewayFault(this, reply);
      if (fault !== null) return fault;
      counted(1);
      const harmless = /^\/v1\/(models(\/.*)?|embeddings)$/.test(path.split(/[?#]/, 1)[0]);
      return harmless ? null : shown(to, reply);
    },
  };
}

/** No failure of the gateway's own; a broken reply may be a 502 or break off. */
function gatewayFault(
  { upstream, path, method }: GatewayCase,
  { status, headers, body, torn }: FuzzReply,
): string | null {
  const broken = upstream.breaks || upstream.plain === null;
  if (torn) return broken ? null : `the reply broke off: ${body.toString('latin1', 0, 200)}`;
  if (headers['x-vouch-else'] !== undefined) return 'the upstream spoke in the name of vouch';
  const own = codeIn(body, '/');
  if (status === 502 && own === 'VOUCH_ENDPOINT_FAILED') return broken ? null : `no reply: ${body.toString()}`;
  if (status >= 400 && (status === upstream.status || upstream.raw !== undefined)) return null;
  if (status >= 500) return `status ${status}: ${body.toString('utf8', 0, 200)}`;
  if (status >= 400 && method !== 'HEAD' && own === null)
    return `status ${status} of ${path} without a coded error: ${body.toString('utf8', 0, 200)}`;
  return null;
}

/** Under --strict no answer shows that was not accepted; a failure may hold anything. */
function shown(to: Gateway, { status, headers, body, torn }: FuzzReply): string | null {
  if (!to.startsWith('strict') || status >= 400) return null;
  const text = readOf(body.toString()).replace(/\\u([0-9a-f]{4})/gi, (_, code) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
  const at = text.indexOf(MARK);
  if (at < 0) return null;
  const near = text.slice(Math.max(0, at - 200), at + 200);
  if (to === 'strict' || torn) return `an answer shows: ${near}`;
  return headers['x-vouch-decision'] === 'accept' ? null : `an answer shows that was not accepted: ${near}`;
}

/** Names that a response keeps, and lines of a stream that clients pass over. */
const KEPT =
  /"(?:id|object|type|role|model|status|system_fingerprint|service_tier|previous_response_id)":"[\w.:/@+=-]*"/g;
const OVER = /^(?::|id:|retry:|event:).*$/gm;

function readOf(text: string): string {
  return text.replaceAll(KEPT, '').replaceAll(OVER, '');
}

/** What the loose gateway passes is what came, but for what vouch says. */
function passed({ upstream }: GatewayCase, { status, headers, body }: FuzzReply): string | null {
  const { breaks, chunks } = upstream;
  const plain = headers['content-encoding'] === undefined ? upstream.plain : Buffer.concat(chunks);
  if (plain === null || status >= 400 || upstream.status === 204 || upstream.status === 304) return null;
  const came = plain.toString('latin1');
  const got = body.toString('latin1');
  if (/vouch|\\u00/.test(came)) return null;
  if (breaks) return passedStart(came, got) ? null : `other bytes: ${got.slice(0, 3000)}`;
  return got === came || passedText(came, got) || passedStream(came, got) === null
    ? null
    : `other bytes: ${got.slice(0, 3000)}`;
}

/** The same of log-probabilities that were asked for on the client's behalf. */
function passedAsked({ upstream }: GatewayCase, { status, body }: FuzzReply): string | null {
  const { plain, breaks } = upstream;
  if (plain === null || breaks || status !== 200 || /vouch|\\u00/.test(plain.toString('latin1'))) return null;
  return sameButLogprobs(plain.toString(), body.toString())
    ? null
    : `another answer: ${body.toString('utf8', 0, 3000)}`;
}

function describe({ status, headers, chunks, breaks, raw }: UpstreamReply): string {
  const body = (raw ?? Buffer.concat(chunks)).toString('latin1');
  const shown = body.length > 4000 ? `${body.slice(0, 2000)}…${body.slice(-2000)}` : body;
  return JSON.stringify({
    status,
    headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value.length < 1000)),
    chunks: chunks.length,
    breaks,
    raw: raw !== undefined,
    body: shown,
  });
}
