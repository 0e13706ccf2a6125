import { VouchError } from '../../support/errors.js';

/** What a bundle's own content made fail, as BUNDLE_BAD; a coded error stays as it is, with its place. */
export function badBundle(what: string, error: unknown, file?: string): VouchError {
  if (error instanceof VouchError && error.code.startsWith('BUNDLE_')) return error.at(file);
  const reason = error instanceof VouchError ? error.what : error instanceof Error ? error.message : String(error);
  return new VouchError('BUNDLE_BAD', `${what}: ${reason}`, { ...(file === undefined ? {} : { file }), cause: error });
}
