import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { type Ask, learnFrom, topWanted, wireText } from './ask.js';
import type { GatewayParts } from './parts.js';
import { readAll } from './read-all.js';
import type { Reply, Upstream } from './upstream.js';

/** Refusals are short; what is longer is none. */
const LONGEST_REFUSAL = 1 << 20;

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: Readable;
  /** Log-probabilities were asked for that the client did not ask for. */
  added: boolean;
}

export interface Route {
  upstream: Upstream;
  model: string | null;
  path: string;
  headers: IncomingHttpHeaders;
  signal: AbortSignal;
}

/**
 * Asks an upstream, for log-probabilities too; one that refuses them is asked for fewer or none, and that is remembered. Any other
 * refusal is the answer. Errors: UpstreamFailure.
 */
export async function askUpstream(
  { live, limitsOf, options }: GatewayParts,
  ask: Ask,
  route: Route,
): Promise<Answered> {
  const { upstream, model, path, signal } = route;
  const limits = limitsOf(upstream.origin, model ?? ask.model);
  const want = options.askLogprobs ? topWanted(live.now.scorer.manifest) : null;
  const headers = { ...route.headers, 'accept-encoding': 'identity', 'content-type': 'application/json' };
  for (;;) {
    const { text, added } = wireText(ask, want, limits, model);
    const reply = await upstream.send({ method: 'POST', path, headers, body: text, signal });
    if (!added || reply.statusCode < 400) return answeredBy(reply, reply.body, added);
    const refusal = await readAll(reply.body, LONGEST_REFUSAL);
    if (!learnFrom(limits, reply.statusCode, text, refusal.toString())) {
      return answeredBy(reply, Readable.from(refusal.length === 0 ? [] : [refusal]), added);
    }
  }
}

function answeredBy({ statusCode, headers }: Reply, body: Readable, added: boolean): Answered {
  return { status: statusCode, headers: headers as IncomingHttpHeaders, body, added };
}
