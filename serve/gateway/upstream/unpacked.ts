import type { IncomingHttpHeaders } from 'node:http';
import { type Duplex, pipeline, Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { unzstd } from '../../../data/read/unpack/zstd.js';

/** Decompressors by the names of `content-encoding`. Source: RFC 9110, section 8.4.1; RFC 8878 for zstd. */
const unpackers = new Map<string, (body: Readable) => Readable>([
  ['gzip', (body) => through(body, createGunzip())],
  ['x-gzip', (body) => through(body, createGunzip())],
  ['deflate', (body) => through(body, createInflate())],
  ['br', (body) => through(body, createBrotliDecompress())],
  ['zstd', (body) => Readable.from(unzstd(body[Symbol.asyncIterator]()), { objectMode: false })],
]);

/**
 * The answer, decompressed, because some upstreams compress answers in spite of the request. If its encoding is
 * unknown, it stays as it is. If it cannot be decompressed, it breaks off.
 */
export function unpacked(
  headers: IncomingHttpHeaders,
  body: Readable,
): { headers: IncomingHttpHeaders; body: Readable } {
  const names = String(headers['content-encoding'] ?? '')
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const { 'content-encoding': _, 'content-length': __, ...own } = headers;
  if (names.length === 0) return { headers: { ...own, ...lengthOf(headers) }, body };
  if (names.length > MOST || !names.every((name) => unpackers.has(name))) return { headers, body };
  const plain = names.reverse().reduce((packed, name) => unpackers.get(name)!(packed), body);
  return { headers: own, body: plain };
}

/** The most encodings applied one after another. */
const MOST = 3;

function lengthOf({ 'content-length': length }: IncomingHttpHeaders): IncomingHttpHeaders {
  return length === undefined ? {} : { 'content-length': length };
}

function through(body: Readable, decoder: Duplex): Readable {
  pipeline(body, decoder, () => {}); // the reader gets the errors
  return decoder;
}
