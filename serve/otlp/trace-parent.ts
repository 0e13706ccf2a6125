import { randomBytes } from 'node:crypto';

/** The place of a request in a trace. */
export interface TraceContext {
  /** 16 and 8 bytes in hexadecimal. */
  traceId: string;
  spanId: string;
  /** The span of the caller; null if this request begins the trace. */
  parentId: string | null;
  /** Whether the caller records the trace; true if there is no caller. */
  isSampled: boolean;
}

const FORM = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

/**
 * A new span in the trace that the header `traceparent` names, or in a new trace if it is absent or unreadable.
 * Source: W3C Trace Context, section 3.2.
 */
export function traceContext(header: string | string[] | undefined): TraceContext {
  const spanId = randomBytes(8).toString('hex');
  const [, version, traceId, parentId, flags, more] = FORM.exec(typeof header === 'string' ? header.trim() : '') ?? [];
  const isZero = (id: string) => /^0+$/.test(id);
  const isUsable =
    traceId !== undefined &&
    version !== 'ff' &&
    !(version === '00' && more !== undefined) &&
    !isZero(traceId) &&
    !isZero(parentId);
  if (!isUsable) return { traceId: randomBytes(16).toString('hex'), spanId, parentId: null, isSampled: true };
  return { traceId, spanId, parentId, isSampled: (Number.parseInt(flags, 16) & 1) === 1 };
}
