import { errors, VouchError } from '../../support/errors.js';

/** HTTP status of a failure: that of its code. An error that no request can cause is a fault of the service: 500. */
export function statusOf(error: unknown): number {
  if (!(error instanceof VouchError)) return 500;
  const row = errors[error.code];
  return 'http' in row ? row.http : 500;
}
