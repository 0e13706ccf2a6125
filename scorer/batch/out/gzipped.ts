import { gzipSync } from 'node:zlib';
import type { Format } from './format.js';

/**
 * A format in gzip, one member per block, so that a file can be cut after a block. Any gunzip reads the members as one
 * stream.
 */
export function gzipped(format: Format): Format {
  return {
    endings: format.endings.map((ending) => `${ending}.gz`),
    open: (extras) => {
      const plain = format.open(extras);
      return {
        part: plain.part,
        block: (parts, at) => gzipSync(plain.block(parts, at)),
        tail: (at) => {
          const tail = plain.tail(at);
          return at === 0 || tail.length > 0 ? gzipSync(tail) : tail; // an empty file would not be valid gzip
        },
      };
    },
  };
}
