import { VouchError } from '../../../../support/errors.js';
import { type Fields, objectOf } from '../../table/fields.js';
import { isLitellm } from './litellm.js';

/** Why a request got no response, from the row, from around the body and from the body; null if it got one. */
export function failureOf(row: Fields, holder: Fields | null, body: Fields | null): VouchError | null {
  const errors = [row.error, holder?.error, body?.error, row.error_str];
  const error = errors.find(isError);
  const status = [holder?.status_code, row.status_code, row.response_status, row.status].find(
    (value) => typeof value === 'number' && value >= 400,
  );
  const failed = (isLitellm(row) && row.status === 'failure') || body?.status === 'failed';
  if (error === undefined && status === undefined && !failed) return null;
  const { message, code } = objectOf(error) ?? {};
  const said = message ?? (typeof error === 'string' ? error : undefined) ?? 'no reason given';
  const reason = typeof said === 'string' ? said : JSON.stringify(said);
  return new VouchError('BAD_RECORD', `the request failed: ${reason.replace(/\.$/, '')}`, {
    field: error !== undefined ? 'error' : status === undefined ? 'status' : 'response.status_code',
    got: status ?? code ?? error ?? 'failed',
  });
}

/** Whether the value of `error` is an error: null, '', false and {} are not. */
export function isError(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length > 0;
  return value != null && value !== '' && value !== false;
}

/** The error for a row of a log that contains no answer. */
export function noAnswerIn(row: Fields, expected = 'a response with at least one choice'): VouchError {
  const asked = 'custom_id' in row && !('response' in row);
  return new VouchError('BAD_RECORD', 'has no answer', {
    field: 'choices',
    expected,
    got: Object.keys(row),
    hint: asked
      ? "This is a batch's input file: give its output file as well."
      : 'Leave such rows out, or set them aside with --bad-lines skip.',
  });
}
