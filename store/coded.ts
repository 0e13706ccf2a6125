import { VouchError } from '../support/errors.js';

/**
 * A failure of the database as a coded error. Its message is kept, but not its detail, which may quote a row. Codes:
 * STORE_BAD if it is not a store of ours or cannot be opened; STORE_UNAVAILABLE if it may work later.
 */
export function coded(error: unknown, shown: string): VouchError {
  if (error instanceof VouchError) return error;
  const { code, message } = failureOf(error);
  if (code === 'ERR_MODULE_NOT_FOUND') {
    const hint = 'Install them: npm install kysely libsql pg.';
    return new VouchError('STORE_BAD', 'the packages that a store needs are not installed', { hint, cause: error });
  }
  const isLater = LATER.test(code) || LATER.test(message);
  const what = `the store ${isLater ? 'does not answer' : 'cannot be used'}: ${message.split('\n', 1)[0]}`;
  return new VouchError(isLater ? 'STORE_UNAVAILABLE' : 'STORE_BAD', what, { file: shown, cause: error });
}

interface Failure {
  /** '' if there is none. */
  code: string;
  message: string;
}

/** If all addresses of a host refuse, Node gives an AggregateError without a message: the first one inside has both. */
function failureOf(error: unknown): Failure {
  const { code = '', message = '' } = (error ?? {}) as Partial<Failure>;
  if (message !== '') return { code, message };
  if (error instanceof AggregateError && error.errors.length > 0) {
    const inner = failureOf(error.errors[0]);
    return { code: code || inner.code, message: inner.message };
  }
  return { code, message: code || String(error) };
}

/**
 * Busy or full files; refused, lost or timed-out connections; servers that start, stop or have no room (PostgreSQL's
 * classes 08, 53, 57 and 40).
 */
const LATER =
  /^(SQLITE_(BUSY|FULL|IOERR|LOCKED).*|ECONN\w+|ETIMEDOUT|EPIPE|ENOTFOUND|EAI_AGAIN|(08|53|57|40)[0-9A-Z]{3})$|timeout|terminated/i;
