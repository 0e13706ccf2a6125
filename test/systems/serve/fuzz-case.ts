import type { IncomingHttpHeaders } from 'node:http';

/** A request that was made to be odd, and what its reply must hold to. */
export interface FuzzCase {
  /** Which of the listening services it goes to. */
  to: string;
  method: string;
  path: string;
  headers: Record<string, string | string[]>;
  body: Buffer | null;
  /** All bytes of the request as they go over the wire, where no client would write it so. */
  raw?: Buffer;
  /** Rows that are sent, and how many of them a reply accounts for. */
  rows?: number;
  /** What is wrong with the reply; null where nothing is. */
  check(reply: FuzzReply, counted: (out: number) => void): string | null;
  /** What it was, for the message. */
  what: string;
}

export interface FuzzReply {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
  /** The connection ended in the middle of the reply. */
  torn: boolean;
}

/** What every reply of a service holds to: no failure of its own, and a coded error where it refuses. */
export function ownFault(
  { status, body, torn }: FuzzReply,
  { method, path }: Pick<FuzzCase, 'method' | 'path'>,
): string | null {
  if (torn) return `the connection ended in the middle: status ${status}, ${body.toString('utf8', 0, 200)}`;
  if (status >= 500) return `status ${status}: ${body.toString('utf8', 0, 200)}`;
  if (status < 400 || method === 'HEAD') return null;
  return codeIn(body, path) === null
    ? `status ${status} without a coded error: ${body.toString('utf8', 0, 200)}`
    : null;
}

/** The code of an error body; null where there is none. */
export function codeIn(body: Buffer, path: string): string | null {
  try {
    const { error, code } = JSON.parse(body.toString());
    const found = path.startsWith('/v2') ? code : error.code;
    const message = path.startsWith('/v2') ? error : error.message;
    return /^VOUCH_[A-Z_]+$/.test(found) && String(message).endsWith(`[${found}]`) ? found : null;
  } catch {
    return null;
  }
}
