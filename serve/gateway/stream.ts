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
 * Passes a stream on, each event at once and as it came, but for log-probabilities that the client did not ask for and a `vouch`
 * field that is not ours; what vouch says comes at the last event, or before one that was cut off, as it would be read as a part of
 * that. Where the upstream breaks off, so does this. Memory: the answer as it came, its text and log-probabilities, until there is more
 * of them than may be scored.
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
    const found = { large: gathered.large(), came: gathered.came() };
    const field = fieldOf(await judge(judging, ask, response, found));
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
  if (!said) await say(null);
  if (cut !== null) await write(cut);
  out.end();
}
