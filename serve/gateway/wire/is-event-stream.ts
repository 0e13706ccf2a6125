import type { IncomingHttpHeaders } from 'node:http';

/** Whether a response is a stream of server-sent events. */
export function isEventStream(headers: IncomingHttpHeaders): boolean {
  return /^text\/event-stream/i.test(String(headers['content-type'] ?? ''));
}
