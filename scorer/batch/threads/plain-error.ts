import { type ErrorCode, type ErrorDetail, VouchError } from '../../../support/errors.js';

/** A coded error as plain data, to be sent between threads. Its cause is not sent. */
export interface PlainError {
  code: ErrorCode;
  what: string;
  detail: ErrorDetail;
}

export function plainError({ code, what, detail }: VouchError): PlainError {
  const { cause: _, ...rest } = detail;
  return { code, what, detail: rest };
}

export function revived({ code, what, detail }: PlainError): VouchError {
  return new VouchError(code, what, detail);
}
