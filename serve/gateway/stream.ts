import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { inTurns } from '../work/in-turns.js';
import { gatherWithin } from './gather-within.js';
import type { GatewayParts } from './parts.js';
import type { Answered } from './upstream/answered.js';
import type { Ask } from './upstream/ask.js';
import { fieldOf } from './verdict/field.js';
import { judge } from './verdict/judge.js';
import { strippedEvent } from './whole.js';
import { eventsOf, isWhole, type ServerEvent } from './wire/events.js';
import { unclaimedEvent } from './wire/unclaimed.js';

/**
 * Passes each event of a stream on at once and unchanged, except for log-probabilities that the client did not request
 * and `vouch` fields that are not ours. vouch's result comes with the last event. If an event was cut off, the result
 * comes before it, so that clients do not read it as part of that event. If that event was too long to be held, there
 * is no place for a result. If the upstream breaks off, so does this stream. Memory: the answer as it arrived, its text and its log-probabilities, until they are too large to be scored.
 */
export async function passStream(
  { judge: judging, count, options }: GatewayParts,
  ask: Ask,
  { body, added }: Answered,
  out: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { api } = ask;
  const { limits, bodyLimit } = options;
  const gathered = gatherWithin(api, { bytes: bodyLimit, limits });
  let said = false;
  let cut: ServerEvent | null = null;
  const write = async ({ bytes }: ServerEvent) => {
    if (!out.write(bytes)) await once(out, 'drain', { signal });
  };
  const say = async (last: ServerEvent | null) => {
    said = true;
    const response = gathered.response();
    const found = { large: gathered.large(), received: gathered.received() };
    const field = fieldOf(await judge(judging, ask, response, found), new Date().toISOString());
    count(field.scored ? 'scored' : 'unscored');
    for (const event of await inTurns(api.say(last, response, field))) await write(event);
  };
  for await (const event of eventsOf(body, limits.event)) {
    const last = gathered.add(event);
    const own = await unclaimedEvent(event);
    const shown = added ? await strippedEvent(ask, own) : own;
    if (last) await say(shown);
    else if (isWhole(event)) await write(shown);
    else cut = shown;
  }
  if (cut?.long && !said) count('unscored');
  else if (!said) await say(null);
  if (cut !== null) await write(cut);
  out.end();
}
