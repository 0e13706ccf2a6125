import type { Fields } from '../../data/check-value.js';
import type { Api } from './apis/api.js';
import type { Most } from './most.js';
import type { Received } from './received.js';
import { tooLarge } from './verdict/limits.js';
import type { ServerEvent } from './wire/events.js';

/** A stream that is combined as long as it is small enough to be scored. */
interface Within {
  /**
   * Adds an event. Returns whether vouch adds its result at this event: it is the first one that completes the answer.
   */
  add(event: ServerEvent): boolean;
  response(): Fields;
  /** Why the stream is too large to be scored; null if it is not. */
  large(): string | null;
  /** Bytes of all events so far. */
  size(): number;
  /** The events so far, as they arrived; nothing if they are too large. */
  received(): Received;
}

/**
 * Combines the events of a stream until there are too many, or they contain too much, to be scored. From then on
 * nothing is kept.
 */
export function gatherWithin(api: Api, { bytes, limits }: Most): Within {
  let gathered = api.gathering();
  let large: string | null = null;
  let events = 0;
  let size = 0;
  let spoken = false;
  let parts: Buffer[] = [];
  const over = (event: ServerEvent): string | null => {
    if (event.long) return `an event of more than ${limits.event} bytes`;
    if (events > limits.events) return `more than ${limits.events} events`;
    return size > bytes ? `more than ${bytes} bytes` : null;
  };
  return {
    add(event) {
      events++;
      size += event.bytes.length;
      large ??= over(event);
      if (large === null) parts.push(event.bytes);
      else {
        gathered = api.gathering(); // needed only to recognise the last event
        parts = [];
      }
      const mark = gathered.add(event);
      const now = !spoken && (mark === 'last' || (mark === 'failure' && api.failureIsLast));
      spoken ||= now;
      return now;
    },
    response: () => gathered.response(),
    large: () => large ?? tooLarge(api, gathered.response(), limits),
    size: () => size,
    received: () => ({ stream: true, parts }),
  };
}
