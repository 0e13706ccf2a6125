/** A request that failed, and whether another try may help. */
export class AskFailure extends Error {
  readonly status: number | undefined;
  readonly again: boolean;

  constructor(message: string, detail: { status?: number; again: boolean; cause?: unknown }) {
    super(message, { cause: detail.cause });
    this.name = 'AskFailure';
    this.status = detail.status;
    this.again = detail.again;
  }

  /** Failures that every other question would meet too: an invalid key, no credit, an unknown model or path, a redirect. */
  get hopeless(): boolean {
    if (this.status !== undefined && this.status >= 300 && this.status < 400) return true;
    return this.status === 401 || this.status === 402 || this.status === 404;
  }
}

/**
 * Statuses after which the same request may succeed: timeout, conflict, too early, too many requests, server errors.
 */
export function mayTryAgain(status: number): boolean {
  return status === 408 || status === 409 || status === 425 || status === 429 || status >= 500;
}

const HOUR = 3_600_000;

/**
 * The Retry-After header in milliseconds: a number of seconds or an HTTP date; `retry-after-ms` is preferred where an
 * endpoint sends it. 0 if absent or unreadable, at most one hour. Source: RFC 9110, section 10.2.3.
 */
export function retryAfter(headers: Headers, now: number): number {
  const ms = Number.parseFloat(headers.get('retry-after-ms') ?? '');
  if (ms >= 0) return Math.min(ms, HOUR);
  const text = headers.get('retry-after');
  if (text === null) return 0;
  const wait = /^\s*\d+(\.\d+)?\s*$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), HOUR) : 0;
}
