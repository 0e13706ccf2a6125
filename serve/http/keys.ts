import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { IncomingHttpHeaders } from 'node:http';
import { inError } from '../../support/atomic.js';
import { sha256 } from '../../support/digest.js';
import { VouchError } from '../../support/errors.js';

/** Whether a request's headers contain one of the keys. */
export type Keys = (headers: IncomingHttpHeaders) => boolean;

/**
 * A check against these keys, sent as `Authorization: Bearer KEY` or `x-api-key: KEY`. It compares the digests of all
 * keys in constant time, so that its duration reveals nothing about a key.
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

/** The key of a request. */
export function keyIn(headers: IncomingHttpHeaders): string | undefined {
  const own = headers['x-api-key'];
  if (typeof own === 'string') return own;
  const bearer = headers.authorization;
  return bearer !== undefined && /^bearer /i.test(bearer) ? bearer.slice(7).trim() : undefined;
}

/**
 * Keys from a file or else from an environment variable. A file has one key per line, so that a new key can be tried
 * before the old one is removed. Keys never come from the command line, which every process on the machine can read.
 * Empty: no key is required. Errors: FILE_MISSING, BAD_USAGE.
 */
export async function readKeys(file: string | undefined, variable: string): Promise<string[]> {
  if (file === undefined) return [process.env[variable] ?? ''].filter((key) => key !== '');
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    throw inError(file, error);
  });
  const keys = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  if (keys.length > 0) return keys.map((key) => key.trim());
  throw new VouchError('BAD_USAGE', 'the file contains no key', { file, expected: 'one key per line' });
}

function digest(text: string): Buffer {
  return Buffer.from(sha256(text));
}
