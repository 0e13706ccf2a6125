import type { Api, Gathering } from './apis/api.js';
import type { ServerEvent } from './wire/events.js';

/** Tells of the events of a stream, one by one, whether vouch speaks there: at the first one after which the answer is known. */
export function speaksAt(api: Api, gathered: Gathering = api.gathering()): (event: ServerEvent) => boolean {
  let spoken = false;
  return (event) => {
    const mark = gathered.add(event);
    const now = !spoken && (mark === 'last' || (mark === 'failure' && api.failureIsLast));
    spoken ||= now;
    return now;
  };
}
