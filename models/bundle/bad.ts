import { VouchError } from '../../support/errors.js';

/** Turns an error that a bundle's content caused into BUNDLE_BAD. A coded error keeps its code and gets the file. */
export function badBundle(what: string, error: unknown, file?: string): VouchError {
  if (error instanceof VouchError && error.code.startsWith('BUNDLE_')) return error.at(file);
  const reason = error instanceof VouchError ? error.what : error instanceof Error ? error.message : String(error);
  return new VouchError('BUNDLE_BAD', `${what}: ${reason}`, { ...(file === undefined ? {} : { file }), cause: error });
}
