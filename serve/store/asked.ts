import { randomUUID } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { Parts } from '../parts.js';
import type { Keeper } from './keeper.js';
import { storedRow } from './stored-row.js';

type Scored = Parts['scored'];

/** The header in which a client may say whose answers these are, so that they can be deleted by person. No upstream gets it. */
export const PERSON = 'x-vouch-person';

/**
 * What a request for scores adds to its stored answers: its tenant, its person, and a new response id, which the
 * response has in a header if answers were scored. The second answer of a request has the id `RESPONSE/2`, and so on.
 */
function newAsked(
  keeper: Keeper,
  request: FastifyRequest,
): { headers(): { 'x-vouch-response'?: string }; scored(count: Scored): Scored } {
  const response = randomUUID();
  let place = 0;
  const name = () => (++place === 1 ? response : `${response}/${place}`);
  return {
    headers: () => (place === 0 ? {} : { 'x-vouch-response': response }),
    scored: (count) => storing(keeper, request, { count, name }),
  };
}

/**
 * The parts for one request: each of its scores is stored, if there is a store, and then told to OpenTelemetry, if that
 * is on. `headers`: what the response says of the stored answers.
 */
export function askedOf<P extends Pick<Parts, 'keeper' | 'telemetry' | 'scored'>>(
  parts: P,
  request: FastifyRequest,
): { work: P; headers(): ReturnType<ReturnType<typeof newAsked>['headers']> } {
  const asked = parts.keeper === null ? null : newAsked(parts.keeper, request);
  const stored = asked === null ? parts.scored : asked.scored(parts.scored);
  const scored = parts.telemetry === null ? stored : parts.telemetry.scored(request, stored);
  return { work: scored === parts.scored ? parts : { ...parts, scored }, headers: () => asked?.headers() ?? {} };
}

/** The same for the gateway. Its clients find their answers by the id that the upstream gave. */
export function askedOfGateway(keeper: Keeper, request: FastifyRequest): (count: Scored) => Scored {
  return (count) => storing(keeper, request, { count, name: () => null });
}

function storing(
  keeper: Keeper,
  { raw }: FastifyRequest,
  { count, name }: { count: Scored; name(): string | null },
): Scored {
  const { headers } = raw;
  const tenant = keeper.tenantOf(headers);
  const given = headers[PERSON];
  const person = typeof given === 'string' && given !== '' ? given : null;
  return (record, score, made) => {
    count(record, score);
    const response = name();
    const row = made ?? storedRow(record, score, keeper.keep);
    if (row !== null) keeper.scored({ ...row, time: Date.now(), tenant, person, response });
  };
}
