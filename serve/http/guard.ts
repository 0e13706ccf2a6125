import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify';
import { VouchError } from '../../support/errors.js';
import type { Arrivals, Arriving } from './arriving.js';
import type { Going } from './going.js';
import { type Keys, keyIn } from './keys.js';
import type { Rate } from './rate.js';

/** Who may call a route: anyone, or anyone with a key (the default), an admin key or a key for feedback. */
type Access = 'open' | 'key' | 'admin' | 'feedback';

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: Access;
    /**
     * Answered regardless of how many requests are in flight, and not counted: routes that show the state of the
     * service.
     */
    reserved?: boolean;
    /** Its handler reads the body itself, and calls `admit` or `admitWhenArrived` itself. */
    streams?: boolean;
  }
  interface FastifyRequest {
    /** Counts this request as in flight, because it has arrived. Error: BUSY. */
    admit(): void;
    /** The same after its body has passed through. Error: BUSY if too many requests are in flight. */
    admitWhenArrived(): void;
    /** Its body, while it arrives. */
    arriving: Arriving;
  }
}

export interface Gate {
  /** Null: no key is required. */
  keys: Keys | null;
  /** Null: routes that require an admin key are closed. */
  admin: Keys | null;
  /** Null: routes for feedback are closed. */
  feedback: Keys | null;
  /** The most requests in flight, without those of open and reserved routes. */
  most: number;
  arrivals: Arrivals;
  rate: Rate | null;
  /** Called when a request is over: its route, its status (499 if the client closed its connection), its duration. */
  over(route: string, status: number, seconds: number): void;
}

/**
 * The hook before every request. It checks key and rate, and counts the request. A request is in flight from the end of
 * its body to the end of its response, or until the client closes its connection. So a request that arrives slowly does
 * not use up a place. Errors: NOT_ALLOWED, TOO_MANY.
 */
export function guard(gate: Gate, going: Going) {
  return (request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void => {
    const began = performance.now();
    const { url = '(none)', config } = request.routeOptions;
    const access = config?.access ?? 'key';
    const counts = (access === 'key' || access === 'feedback') && config?.reserved !== true;
    let counted = false;
    const count = () => {
      if (counted || !counts || reply.raw.destroyed) return;
      counted = true;
      going.inFlight++;
    };
    const checkRoom = () => {
      if (counts && !counted && going.inFlight >= gate.most) {
        throw new VouchError('BUSY', `${gate.most} requests are in flight already`);
      }
    };
    request.admit = () => {
      checkRoom();
      count();
    };
    request.admitWhenArrived = () => {
      checkRoom();
      if (request.body === undefined || request.raw.readableEnded) count();
      else request.raw.once('end', count);
    };
    request.arriving = gate.arrivals((error) => request.raw.destroyed || request.raw.emit('cut', error));
    going.open(reply.raw);
    reply.raw.once('close', () => {
      request.arriving.end();
      going.closed(reply.raw);
      if (counted) going.inFlight--;
      const status = reply.raw.writableFinished ? reply.raw.statusCode : 499;
      gate.over(url, status, (performance.now() - began) / 1000);
    });
    done(refusal(gate, access, request, began));
  };
}

/** The hook after the body: the request has arrived and is now in flight. Error: BUSY. */
export function admit(request: FastifyRequest, _: FastifyReply, done: HookHandlerDoneFunction): void {
  if (request.routeOptions.config?.streams !== true) request.admit();
  done();
}

/** Why a request is refused; undefined if it is not. */
function refusal(
  { keys, admin, feedback, rate }: Gate,
  access: Access,
  request: FastifyRequest,
  now: number,
): VouchError | undefined {
  const { headers } = request.raw;
  if (access === 'open') return undefined;
  if (access === 'admin') {
    if (admin === null) return new VouchError('NOT_ALLOWED', 'this service was started without an admin key');
    return admin(headers) ? undefined : new VouchError('NOT_ALLOWED', 'this requires an admin key');
  }
  if (access === 'feedback') {
    if (feedback === null) return new VouchError('NOT_ALLOWED', 'this service was started without a key for feedback');
    if (!feedback(headers)) return new VouchError('NOT_ALLOWED', 'this requires a key for feedback');
  } else if (keys !== null && !keys(headers)) {
    const hint = 'Send it as "Authorization: Bearer KEY" or "x-api-key: KEY".';
    return new VouchError('NOT_ALLOWED', 'this requires a key', { hint });
  }
  if (
    rate !== null &&
    !rate((keys === null && access !== 'feedback' ? undefined : keyIn(headers)) ?? request.ip, now)
  ) {
    return new VouchError('TOO_MANY', 'too many requests per second from this client');
  }
  return undefined;
}
