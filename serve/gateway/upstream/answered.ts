import type { IncomingHttpHeaders } from 'node:http';
import type { Json } from '../wire/read-json-body.js';

/** An answer of an upstream, its body still to come. */
export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Buffer>;
  /** The body as JSON, where it was read before; null: it is none. */
  json?: Json | null;
  /** Log-probabilities were asked for that the client did not ask for. */
  added: boolean;
  /** Ends what is still to come. */
  discard(): void;
}
