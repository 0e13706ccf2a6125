import { type ErrorCode, VouchError } from '../../support/errors.js';

/** HTTP status of each coded error that a request can cause. Any other error is a fault of the service: 500. */
const statuses: Partial<Record<ErrorCode, number>> = {
  BAD_JSON: 400,
  BAD_RECORD: 400,
  BAD_LABEL: 400,
  BAD_REQUEST: 400,
  BAD_USAGE: 400,
  NOT_ALLOWED: 401,
  NOT_FOUND: 404,
  TIMED_OUT: 503,
  FILE_MISSING: 422,
  FILE_UNREADABLE: 422,
  BUNDLE_BAD: 422,
  BUNDLE_DAMAGED: 422,
  BUNDLE_NEWER: 422,
  BUNDLE_UNTRUSTED: 422,
  BUNDLE_PLUGIN: 422,
  TOO_LARGE: 413,
  TOO_MANY: 429,
  BUSY: 503,
  ENDPOINT_FAILED: 502,
};

export function statusOf(error: unknown): number {
  return error instanceof VouchError ? (statuses[error.code] ?? 500) : 500;
}
