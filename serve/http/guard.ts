import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { VouchError } from '../../support/errors.js';
import { type Keys, keyIn } from './keys.js';
import type { Rate } from './rate.js';

/** Who may call a route: anyone, whoever has a key (the default), whoever has an administrator's key. */
export type Access = 'open' | 'key' | 'admin';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
  }
}

export interface Gate {
  /** Null: no key is wanted. */
  keys: Keys | null;
  /** Null: what wants an administrator is closed. */
  admin: Keys | null;
  /** Requests in flight at most, those of open routes not counted. */
  most: number;
  rate: Rate | null;
  /** Told once a request is over: its route, its status (499 where the client went away), how long it took. */
  over(route: string, status: number, seconds: number): void;
}

/** What is going on now. */
export interface Going {
  inFlight: number;
}

/**
 * The one hook before every request: key, rate, number in flight; and after it, the count. A request is in flight from its
 * headers to the end of its response, or to where the client goes away. Errors: NOT_ALLOWED, TOO_MANY, BUSY.
 */
export function guard(gate: Gate, going: Going) {
  return (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const began = performance.now();
    const { url = '(none)', config } = request.routeOptions;
    const access = config?.access ?? 'key';
    const counted = access !== 'open';
    if (counted) going.inFlight++;
    reply.raw.once('close', () => {
      if (counted) going.inFlight--;
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 499;
      gate.over(url, status, (performance.now() - began) / 1000);
    });
    done(refusal(gate, access, request, going, began));
  };
}

/** Why a request may not go on; undefined where it may. */
function refusal(
  { keys, admin, most, rate }: Gate,
  access: Access,
  request: FastifyRequest,
  going: Going,
  now: number,
): VouchError | undefined {
  const { headers } = request.raw;
  if (access === 'open') return undefined;
  if (access === 'admin') {
    if (admin === null) return new VouchError('NOT_ALLOWED', 'this service was started without an admin key');
    return admin(headers) ? undefined : new VouchError('NOT_ALLOWED', 'this needs an admin key');
  }
  if (keys !== null && !keys(headers)) {
    const hint = 'Send it as "Authorization: Bearer KEY" or "x-api-key: KEY".';
    return new VouchError('NOT_ALLOWED', 'this needs a key', { hint });
  }
  if (rate !== null && !rate((keys === null ? undefined : keyIn(headers)) ?? request.ip, now)) {
    return new VouchError('TOO_MANY', 'more requests a second than one client may send');
  }
  return going.inFlight > most ? new VouchError('BUSY', `${most} requests are in flight already`) : undefined;
}
