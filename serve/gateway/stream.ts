import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import { speaksAt } from './last.js';
import type { GatewayParts } from './parts.js';
import type { Ask } from './upstream/ask.js';
import type { Answered } from './upstream/ask-upstream.js';
import { fieldOf } from './verdict/field.js';
import { judge } from './verdict/verdict.js';
import { strippedEvent } from './whole.js';
import { eventsOf, type ServerEvent } from './wire/events.js';

/**
 * Passes a stream on, each event at once and as it came, but for log-probabilities that the client did not ask for; what vouch
 * says comes at the last event. Where the upstream breaks off, so does this. Memory: the answer's text and log-probabilities.
 */
export async function passStream(
  { judge: judging, count }: GatewayParts,
  ask: Ask,
  { body, added }: Answered,
  out: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const { api } = ask;
  const gathered = api.gathering();
  const speaks = speaksAt(api, gathered);
  let said = false;
  const write = async ({ bytes }: ServerEvent) => {
    if (!out.write(bytes)) await once(out, 'drain', { signal });
  };
  const say = async (last: ServerEvent | null) => {
    said = true;
    const response = gathered.response();
    const field = fieldOf(await judge(judging, ask, response));
    count(field.scored ? 'scored' : 'unscored');
    for (const event of api.say(last, response, field)) await write(event);
  };
  for await (const event of eventsOf(body)) {
    const last = speaks(event);
    const shown = added ? strippedEvent(ask, event) : event;
    await (last ? say(shown) : write(shown));
  }
  if (!said) await say(null);
  out.end();
}
