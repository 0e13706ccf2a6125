import type { IncomingHttpHeaders } from 'node:http';
import type { Agent } from 'undici';
import type { Endpoint, GatewayOptions, PolicyServing } from '../../options.js';
import { type Upstream, upstreamOf } from '../upstream/upstream.js';

/** Where a model is asked: its endpoint, and the name that it has there. */
export interface Seat {
  upstream: Upstream;
  endpoint: Endpoint;
  /** Null: the model that the client named. */
  model: string | null;
  /** Whether the client's own key is for the gateway, or for another endpoint, and is not sent there. */
  guarded: boolean;
}

/** The endpoint of the first answer, and those of the other models by their names in the policy. */
export interface Seats {
  first: Seat;
  of(model: string): Seat;
}

/** Errors: BAD_USAGE for a wrong address. */
export function seatsFor(
  agent: Agent,
  { upstream, keys, policy }: Pick<GatewayOptions, 'upstream' | 'keys'> & { policy: PolicyServing },
): Seats {
  const isGuarded = keys.length > 0;
  const seatAt = (endpoint: Endpoint, model: string | null): Seat => {
    const guarded = isGuarded || endpoint.url !== upstream.url;
    return { upstream: upstreamOf(agent, endpoint, guarded), endpoint, model, guarded };
  };
  const own = new Map(policy.seconds.map(({ model, endpoint }) => [model, seatAt(endpoint, null)]));
  return {
    first: seatAt(upstream, null),
    of: (model) => {
      const seat = own.get(model) ?? own.get(null);
      if (seat === undefined) throw new Error(`the model ${model} has no endpoint`);
      return { ...seat, model: policy.names[model] ?? model };
    },
  };
}

/** The key for an endpoint: its own, else that of the client, if it may be sent there. */
export function keyFor({ endpoint, guarded }: Seat, headers: IncomingHttpHeaders): string | undefined {
  if (endpoint.key !== null) return endpoint.key;
  if (guarded) return undefined;
  const given = headers.authorization?.match(/^Bearer (.+)$/i)?.[1];
  const named = headers['x-api-key'];
  return given ?? (typeof named === 'string' ? named : undefined);
}
