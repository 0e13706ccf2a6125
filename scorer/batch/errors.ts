import { VouchError } from '../../support/errors.js';

/** Errors of the input itself. The same input would cause them again, so there is nothing to resume. */
const hopeless = new Set([
  'BAD_JSON',
  'BAD_RECORD',
  'BAD_LABEL',
  'BAD_CSV',
  'BAD_PARQUET',
  'UNKNOWN_FORMAT',
  'NO_ANSWERS',
]);

/** Whether a run that ended with this error can be resumed. */
export function canGoOn(error: unknown): boolean {
  return !(error instanceof VouchError && hopeless.has(error.code));
}

/** Whether the error says that another run writes to the same output. */
export function isShared(error: unknown): boolean {
  return error instanceof VouchError && error.code === 'OUT_EXISTS';
}

/** Adds a sentence to an error's message, before its code. */
export function addHint(error: unknown, hint: string): unknown {
  if (error instanceof VouchError) error.message = error.message.replace(/ (\[VOUCH_\w+\])$/, ` ${hint} $1`);
  return error;
}

export function interrupted(): VouchError {
  return new VouchError('INTERRUPTED', 'scoring was stopped');
}
