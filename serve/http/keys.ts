import { createHash, timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { inError } from '../../support/atomic.js';
import { VouchError } from '../../support/errors.js';

/** Whether a request's headers carry one of the keys. */
export type Keys = (headers: IncomingHttpHeaders) => boolean;

/**
 * A check against any of these keys, as `Authorization: Bearer KEY` or `x-api-key: KEY`. Digests are compared, all of them, in
 * constant time, so that how long it takes tells nothing of a key.
 */
export function keysOf(keys: readonly string[]): Keys {
  const digests = keys.map(digest);
  return (headers) => {
    const given = keyIn(headers);
    if (given === undefined) return false;
    const found = digest(given);
    let right = false;
    for (const own of digests) right = timingSafeEqual(own, found) || right;
    return right;
  };
}

/** The key a request carries. */
export function keyIn(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own;
  const bearer = headers.authorization;
  return bearer !== undefined && /^bearer /i.test(bearer) ? bearer.slice(7).trim() : undefined;
}

/**
 * Keys from a file (one a line, so that a new one can be tried before the old one goes) or else from an environment variable;
 * never from the command line, which every process on the machine can read. Empty: none is wanted. Errors: FILE_MISSING, BAD_USAGE.
 */
export async function readKeys(file: string | undefined, variable: string): Promise<string[]> {
  if (file === undefined) return [process.env[variable] ?? ''].filter((key) => key !== '');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw inError(file, error);
  });
  const keys = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (keys.length > 0) return keys.map((key) => key.trim());
  throw new VouchError('BAD_USAGE', 'the file holds no key', { file, expected: 'one key a line' });
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
