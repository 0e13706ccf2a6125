import { Decompress } from 'fzstd';
import { VouchError } from '../../../support/errors.js';
import { stoppableWork } from '../../../support/stoppable-work.js';
import { type ByteReader, byteReader } from './byte-reader.js';
import { type Checksum, newChecksum } from './checksum.js';
import { cutOff, damaged } from './damage.js';
import { type ZstdHeader, zstdHeader } from './zstd-header.js';

const MAGIC = 0xfd2fb528;
/** Milliseconds for a block; it takes one or two. */
const MOST_TIME = 2000;
/** Kinds of block. */
const RLE = 1;
const RESERVED = 3;

/** Whether bytes begin as Zstandard data do: with a frame, or with one that is to be skipped. */
export function isZstd(bytes: Buffer): boolean {
  return bytes.length >= 4 && (bytes.readUInt32LE(0) === MAGIC || isSkippable(bytes));
}

/**
 * Decompresses Zstandard: any number of frames, among them those that are to be skipped (pzstd writes sizes into such), zeros
 * behind the last. Frames and blocks are told apart here, blocks are decoded by fzstd; the content's size and checksum are
 * checked where the frame has them. Memory: one frame's window. Errors: cut off or damaged, as zlib has them, with a `Z_`
 * code; FILE_UNREADABLE for a frame that needs a dictionary. Source: RFC 8878, section 3.
 */
export async function* unzstd(chunks: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  const input = byteReader(chunks);
  const checksum = newChecksum();
  for (;;) {
    const magic = await input.take(4);
    if (magic.length === 4 && isSkippable(magic)) await passOver(input);
    else if (magic.length === 4 && magic.readUInt32LE(0) === MAGIC) yield* frame(magic, input, checksum);
    else if (magic.every((byte) => byte === 0) && (await input.onlyZeros())) return;
    else throw magic.length < 4 ? cutOff() : noFrame(magic);
  }
}

function isSkippable(magic: Buffer): boolean {
  return magic.readUInt32LE(0) >>> 4 === 0x184d2a5;
}

async function passOver(input: ByteReader): Promise<void> {
  const size = await input.take(4);
  if (size.length < 4 || (await input.skip(size.readUInt32LE(0))) < size.readUInt32LE(0)) throw cutOff();
}

/** Formats of before 2016 begin with other numbers. */
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
 * Decodes pieces of one frame; whatever the decoder stumbles over is damage. So is a block that it does not come to an end with: it
 * believes what a block says of its matches, and a damaged one can say gigabytes.
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
