import { atOnce } from '../../support/steps.js';
import type { Ask } from './upstream/ask.js';
import type { VouchField } from './verdict/vouch-field.js';
import { speaksIn } from './whole.js';
import { eventWith } from './wire/events.js';

/** A response of the API that contains only a text and vouch's result. */
export function withheld(
  ask: Ask,
  text: string,
  { field, stream }: { field: VouchField; stream: boolean },
): { type: string; body: Buffer } {
  const { api, model } = ask;
  const whole = api.saying(text, model);
  if (!stream) return { type: 'application/json', body: Buffer.from(JSON.stringify({ ...whole, vouch: field })) };
  const events = atOnce(api.replaceEvents([], whole, new Map([[0, text]])));
  let at = speaksIn(ask, events);
  if (at < 0) at = events.push(eventWith('[DONE]')) - 1;
  const said = atOnce(api.say(events[at], whole, field));
  const all = [...events.slice(0, at), ...said, ...events.slice(at + 1)];
  return { type: 'text/event-stream', body: Buffer.concat(all.map(({ bytes }) => bytes)) };
}
