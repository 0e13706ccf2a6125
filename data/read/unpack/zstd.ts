import { Decompress } from 'fzstd';
import { VouchError } from '../../../support/errors.js';
import { stoppableWork } from '../../../support/stoppable-work.js';
import { type ByteReader, byteReader } from './byte-reader.js';
import { type Checksum, newChecksum } from './checksum.js';
import { cutOff, damaged } from './damage.js';
import { stopReading } from './stop-reading.js';
import { type ZstdHeader, zstdHeader } from './zstd-header.js';

const MAGIC = 0xfd2fb528;
/** Milliseconds for a block. Normal ones take one or two. */
const MOST_TIME = 2000;
/** Types of blocks. */
const RLE = 1;
const RESERVED = 3;

/** Whether bytes begin like Zstandard data: with a frame, or with a skippable frame. */
export function isZstd(bytes: Buffer): boolean {
  return bytes.length >= 4 && (bytes.readUInt32LE(0) === MAGIC || isSkippable(bytes));
}

/**
 * Decompresses Zstandard: any number of frames, skippable frames among them (pzstd writes sizes into these), and zeros
 * after the last one. This code separates frames and blocks; fzstd decodes the blocks. The content's size and checksum
 * are verified if the frame has them. Memory: one frame's window. `chunks` is ended, also after an error. Errors: cut
 * off or damaged, with zlib's `Z_` codes; FILE_UNREADABLE for a frame that needs a dictionary. Source: RFC 8878,
 * section 3.
 */
export async function* unzstd(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const input = byteReader(chunks);
  const checksum = newChecksum();
  try {
    for (;;) {
      const magic = await input.take(4);
      if (magic.length === 4 && isSkippable(magic)) await passOver(input);
      else if (magic.length === 4 && magic.readUInt32LE(0) === MAGIC) yield* frame(magic, input, checksum);
      else if (magic.every((byte) => byte === 0) && (await input.onlyZeros())) return;
      else throw magic.length < 4 ? cutOff() : noFrame(magic);
    }
  } finally {
    stopReading(chunks);
  }
}

function isSkippable(magic: Buffer): boolean {
  return magic.readUInt32LE(0) >>> 4 === 0x184d2a5;
}

async function passOver(input: ByteReader): Promise<void> {
  const size = await input.take(4);
  if (size.length < 4 || (await input.skip(size.readUInt32LE(0))) < size.readUInt32LE(0)) throw cutOff();
}

/** Formats from before 2016 begin with other magic numbers. */
function noFrame(magic: Buffer): Error {
  const number = magic.readUInt32LE(0);
  if (number < 0xfd2fb522 || number > MAGIC) return damaged();
  return new VouchError('FILE_UNREADABLE', 'this was compressed by a version of Zstandard before 0.8');
}

/** The content of one frame, block by block. */
async function* frame(magic: Buffer, input: ByteReader, checksum: Checksum): AsyncGenerator<Buffer> {
  const header = await zstdHeader(magic, input);
  const decode = decoder();
  let size = 0;
  let before = header.bytes;
  for (let last = false; !last; ) {
    const block = await nextBlock(input, header);
    last = (block[0] & 1) === 1;
    for (const part of decode(Buffer.concat([before, block]), last)) {
      size += part.length;
      if (header.checksum) checksum.add(part);
      yield part;
    }
    before = Buffer.alloc(0);
  }
  if (header.size !== null && header.size !== size) throw damaged();
  if (!header.checksum) return;
  const stored = await input.take(4);
  if (stored.length < 4) throw cutOff();
  if (stored.readUInt32LE(0) !== checksum.end()) throw damaged();
}

/** A block with its header of three bytes. */
async function nextBlock(input: ByteReader, { mostBlock }: ZstdHeader): Promise<Buffer> {
  const head = await input.take(3);
  if (head.length < 3) throw cutOff();
  const kind = (head[0] >> 1) & 3;
  const size = head.readUIntLE(0, 3) >>> 3;
  if (kind === RESERVED || size > mostBlock) throw damaged();
  const stored = kind === RLE ? 1 : size;
  const body = await input.take(stored);
  if (body.length < stored) throw cutOff();
  return Buffer.concat([head, body]);
}

/**
 * Decodes pieces of one frame. Any error of the decoder means that the data is damaged. So does a block that takes too
 * long: the decoder believes the lengths that a block states, and a damaged block can state
 * gigabytes.
 */
function decoder(): (piece: Buffer, last: boolean) => Buffer[] {
  let out: Buffer[] = [];
  const stream = new Decompress((part) => {
    if (part.length > 0) out.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  });
  return (piece, last) => {
    out = [];
    try {
      stoppableWork(() => stream.push(piece, last), MOST_TIME);
    } catch (error) {
      throw damaged(error);
    }
    return out;
  };
}
