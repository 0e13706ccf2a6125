import { VouchError } from '../../../support/errors.js';
import type { ByteReader } from './byte-reader.js';
import { cutOff, damaged } from './damage.js';

/** The header of a Zstandard frame. */
export interface ZstdHeader {
  /** The bytes of the header, without the flag that announces a checksum. */
  bytes: Buffer;
  /** Whether a checksum of the content follows the last block. */
  checksum: boolean;
  /** Bytes of the content; null if the header does not state it. */
  size: number | null;
  /** Maximum bytes of a block. */
  mostBlock: number;
}

/** The limits that zstd itself applies by default. */
const MOST_WINDOW = 2 ** 27;
const MOST_BLOCK = 2 ** 17;

/**
 * Reads the header of a frame, after its magic number. Errors: FILE_UNREADABLE if the frame needs a dictionary or too
 * much memory; cut off; damaged. Source: RFC 8878, section 3.1.1.1.
 */
export async function zstdHeader(magic: Buffer, input: ByteReader): Promise<ZstdHeader> {
  const first = await input.take(1);
  if (first.length === 0) throw cutOff();
  const descriptor = first[0];
  if ((descriptor & 8) !== 0) throw damaged();
  const single = (descriptor & 32) !== 0;
  const dictionaryBytes = [0, 1, 2, 4][descriptor & 3];
  const sizeBytes = [single ? 1 : 0, 2, 4, 8][descriptor >> 6];
  const windowBytes = single ? 0 : 1;
  const rest = await input.take(windowBytes + dictionaryBytes + sizeBytes);
  if (rest.length < windowBytes + dictionaryBytes + sizeBytes) throw cutOff();
  if (dictionaryBytes > 0 && rest.readUIntLE(windowBytes, dictionaryBytes) !== 0) {
    throw new VouchError('FILE_UNREADABLE', 'this was compressed by Zstandard with a separate dictionary', {
      hint: 'Decompress it first: zstd -d -D DICTIONARY FILE.',
    });
  }
  const size = sizeBytes === 0 ? null : sizeAt(rest, windowBytes + dictionaryBytes, sizeBytes);
  const window = single ? (size ?? 0) : windowOf(rest[0]);
  if (window > MOST_WINDOW) {
    throw new VouchError('FILE_UNREADABLE', 'this Zstandard data needs too much memory to be decompressed', {
      expected: `a window of at most ${MOST_WINDOW} bytes`,
      got: window,
      hint: 'Decompress it first: zstd -d --long=31 FILE.',
    });
  }
  const plain = Buffer.from([descriptor & ~4]);
  const bytes = Buffer.concat([magic, plain, rest]);
  return { bytes, checksum: (descriptor & 4) !== 0, size, mostBlock: Math.min(window, MOST_BLOCK) };
}

function windowOf(descriptor: number): number {
  const base = 2 ** (10 + (descriptor >> 3));
  return base + (base / 8) * (descriptor & 7);
}

function sizeAt(bytes: Buffer, at: number, length: number): number {
  if (length === 8) return Number(bytes.readBigUInt64LE(at));
  return bytes.readUIntLE(at, length) + (length === 2 ? 256 : 0);
}
