import { constants } from 'node:buffer';
import { pipeline, type Readable } from 'node:stream';
import { createInflateRaw } from 'node:zlib';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { inError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { crc32 } from './crc32.js';
import { unzstd } from './zstd.js';

/** A zip archive, open for reading any of its entries. */
export interface Zip {
  /**
   * Names in the order of the archive. If two entries have the same name, the last one counts, as in other zip readers.
   */
  names: string[];
  /** The content of an entry as UTF-8 text. Error: FILE_UNREADABLE. */
  text(name: string): Promise<string>;
  close(): void;
}

/** Compression methods by their number in the zip format (APPNOTE 6.3.10, 4.4.5): stored, deflate, Zstandard. */
const METHODS: Record<number, (chunks: Readable) => AsyncIterable<Buffer>> = {
  0: (chunks) => chunks,
  8: inflated,
  20: zstandard,
  93: zstandard,
};

/** Opens an archive. Memory: its table of contents, and one entry. Errors: FILE_MISSING, FILE_UNREADABLE. */
export async function openZip(file: string): Promise<Zip> {
  let zip: ZipFile;
  const entries = new Map<string, Entry>();
  try {
    zip = await openPromise(file, { autoClose: false, lazyEntries: true });
    for await (const entry of zip.eachEntry()) entries.set(entry.fileName, entry);
  } catch (error) {
    throw readError(file, error);
  }
  return {
    names: [...entries.keys()],
    async text(name) {
      const entry = entries.get(name);
      if (entry === undefined) throw new VouchError('FILE_UNREADABLE', `the archive contains no ${name}`, { file });
      const decoded = METHODS[entry.compressionMethod];
      if (entry.isEncrypted() || decoded === undefined) {
        const how = entry.isEncrypted() ? 'encrypted' : `compressed by method ${entry.compressionMethod}`;
        throw new VouchError('FILE_UNREADABLE', `${name} in the archive is ${how}`, {
          file,
          expected: 'stored, deflate or Zstandard',
        });
      }
      try {
        const raw = await zip.openReadStreamPromise(entry, { decodeFileData: false });
        return await textOf(decoded(raw), entry.crc32);
      } catch (error) {
        throw readError(file, error, name);
      }
    },
    close: () => zip.close(),
  };
}

async function textOf(chunks: AsyncIterable<Buffer>, checksum: number): Promise<string> {
  const parts: Buffer[] = [];
  let length = 0;
  let sum = 0;
  for await (const part of chunks) {
    parts.push(part);
    length += part.length;
    sum = crc32(part, sum);
    if (length > constants.MAX_STRING_LENGTH) throw new Error('larger than a string can be');
  }
  if (sum !== checksum) throw new Error('its checksum is wrong');
  return Buffer.concat(parts).toString('utf8');
}

function inflated(chunks: Readable): AsyncIterable<Buffer> {
  return pipeline(chunks, createInflateRaw(), () => {}); // the loop over the result throws what fails
}

function zstandard(chunks: Readable): AsyncIterable<Buffer> {
  return unzstd(chunks[Symbol.asyncIterator]());
}

function readError(file: string, error: unknown, name?: string): Error {
  const code = (error as NodeJS.ErrnoException).code;
  if (typeof code === 'string' && /^E[A-Z]+$/.test(code)) return inError(file, error);
  const where = name === undefined ? 'the archive' : `${name} in the archive`;
  return new VouchError('FILE_UNREADABLE', `${where} is damaged or cut off`, { file, cause: error });
}
