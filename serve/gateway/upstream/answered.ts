import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../wire/read-json-body.js';

/** An answer of an upstream whose body has not been read yet. */
export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Buffer>;
  /** The body as JSON, if it was read already; null: it is not JSON. */
  json?: Json | null;
  /** Whether the gateway requested log-probabilities that the client did not request. */
  added: boolean;
  /** Stops reading and drops the rest. */
  discard(): void;
}
