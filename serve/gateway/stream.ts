import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { Ask } from './ask.js';
import type { Answered } from './ask-upstream.js';
import { eventsOf, eventWith } from './events.js';
import { fieldOf } from './field.js';
import { gathering } from './gather.js';
import type { GatewayParts } from './parts.js';
import { judge } from './verdict.js';
import { parsed, strippedEvent, vouchChunk } from './whole.js';

/**
 * Passes a stream on, each event at once and as it came, but for log-probabilities that the client did not ask for; what vouch
 * says is one more event before [DONE]. Where the upstream breaks off, so does this. Memory: the answer's text and log-probabilities.
 */
export async function passStream(
  { judge: judging, count }: GatewayParts,
  ask: Ask,
  { body, added }: Answered,
  out: ServerResponse,
  signal: AbortSignal,
): Promise<void> {
  const gathered = gathering();
  let said = false;
  const write = async (bytes: Buffer) => {
    if (!out.write(bytes)) await once(out, 'drain', { signal });
  };
  const say = async () => {
    if (said) return;
    said = true;
    const completion = gathered.completion();
    const field = fieldOf(await judge(judging, ask, completion));
    count(field.scored ? 'scored' : 'unscored');
    await write(eventWith(vouchChunk(completion, field)));
  };
  for await (const event of eventsOf(body)) {
    if (event.data === '[DONE]') await say();
    else gathered.add(parsed(event));
    await write(added ? strippedEvent(event) : event.bytes);
  }
  await say();
  out.end();
}
