import { isUtf8 } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';
import type { FastifyRequest } from 'fastify';
import { parseJson } from '../../data/read/json/parse-json.js';
import { VouchError } from '../../support/errors.js';
import { inTurns } from '../work/in-turns.js';
import { parseJsonSteps } from '../work/parse-json.js';
import { type Body, gatheredBody, joinedSteps } from './long-body.js';

const unpackers = new Map([
  ['gzip', promisify(gunzip)],
  ['x-gzip', promisify(gunzip)],
  ['deflate', promisify(inflate)],
  ['br', promisify(brotliDecompress)],
]);

/**
 * The bytes of a request's body, decompressed if it was compressed. The limit for bodies also applies after
 * decompression. Errors: BAD_REQUEST if there is no body or it cannot be decompressed, TOO_LARGE.
 */
export function bodyOf(request: FastifyRequest): Body | Promise<Body> {
  const body = gatheredBody(request);
  if (body === undefined) throw new VouchError('BAD_REQUEST', 'the request has no body');
  const encoding = request.raw.headers['content-encoding'];
  return encoding === undefined || encoding === 'identity'
    ? body
    : unpack(body, encoding, request.server.initialConfig.bodyLimit ?? Infinity);
}

async function unpack(body: Body, encoding: string, most: number): Promise<Buffer> {
  const unpacker = unpackers.get(encoding.trim().toLowerCase());
  if (unpacker === undefined) {
    const expected = [...unpackers.keys()].join(', ');
    throw new VouchError('BAD_REQUEST', 'unknown content-encoding', { expected, got: encoding });
  }
  try {
    return await unpacker(await inTurns(joinedSteps(body)), { maxOutputLength: most });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') {
      throw new VouchError('TOO_LARGE', 'after decompression, the body is larger than the limit');
    }
    throw new VouchError('BAD_REQUEST', `the body is not ${encoding}`);
  }
}

/**
 * Bytes as JSON. A byte order mark is dropped; bare NaN and Infinity, as Python writes them, are allowed; long bodies
 * are parsed in slices. Errors: BAD_JSON.
 */
export async function jsonOf(body: Buffer): Promise<unknown> {
  if (!isUtf8(body)) throw new VouchError('BAD_JSON', 'the body is not UTF-8 text');
  try {
    return await inTurns(parseJsonSteps(body.toString().replace(/^\uFEFF/, ''), parseJson));
  } catch (error) {
    throw error instanceof VouchError ? error : new VouchError('BAD_JSON', 'the body is not JSON');
  }
}
