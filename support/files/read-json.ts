import { readFile } from 'node:fs/promises';
import { inError } from '../atomic.js';
import { VouchError } from '../errors.js';

/**
 * Reads a file of JSON. `what` names it in the message, with its verb: `the prices are`. Errors: FILE_MISSING,
 * FILE_UNREADABLE; BAD_JSON with the reason.
 */
export async function readJson(
  file: string,
  what: string,
  parse: (text: string) => unknown = JSON.parse,
): Promise<unknown> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw inError(file, error);
  });
  try {
    return parse(text);
  } catch (cause) {
    const reason = cause instanceof VouchError ? cause.what : (cause as Error).message;
    throw new VouchError('BAD_JSON', `${what} not JSON: ${reason}`, { file, cause });
  }
}
