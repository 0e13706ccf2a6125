import { describe, expect, it } from 'vitest';
import { unzstd } from '../../../../data/read/unpack/zstd.js';
import { stoppableWork, TookTooLong } from '../../../../support/stoppable-work.js';
import { frameOf } from './frames.js';

const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

async function* inOne(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes;
}

async function sizes(bytes: Buffer): Promise<number[]> {
  const found: number[] = [];
  for await (const part of unzstd(inOne(bytes))) found.push(part.length);
  return found;
}

/** One block of so many sequences, each a match of the greatest length, in a handful of bytes. */
function endless(): Buffer {
  const sequences = [255, 0xff, 0xff]; // 98,047
  const symbols = [0, 0, 52]; // no literals; the last offset; 65,539 bytes and more
  const body = Buffer.from([0, ...sequences, 0b0101_0100, ...symbols, 1, 1, 1, 1, 1]);
  const head = Buffer.alloc(3);
  head.writeUIntLE((body.length << 3) | (2 << 1) | 1, 0, 3);
  return Buffer.concat([MAGIC, Buffer.from([0, 0x58]), head, body]);
}

describe('a crafted frame', () => {
  it.each([
    ['a window of 4 TB', [0, 0xff]],
    ['a window of 256 MB', [0, 0x90]],
    ['one segment of 2^63 bytes', [0b1110_0000, 0, 0, 0, 0, 0, 0, 0, 0x80]],
  ])('that says %s is refused by its header, before anything is decoded', async (_, header) => {
    await expect(sizes(Buffer.concat([MAGIC, Buffer.from(header)]))).rejects.toMatchObject({
      code: 'FILE_UNREADABLE',
      what: 'this Zstandard data needs too much memory to be decompressed',
    });
  });

  it('that unpacks to thousands of times its size comes in pieces of a block', async () => {
    const times = 100_000;
    const bomb = frameOf({
      blocks: Array.from({ length: 300 }, () => ({ byte: 97, times })),
      checksum: false,
      sized: false,
    });
    expect(bomb.length).toBeLessThan(1300);
    const found = await sizes(bomb);
    expect(found.reduce((sum, size) => sum + size, 0)).toBe(30_000_000);
    expect(Math.max(...found)).toBe(times);
  });

  it('whose block asks for six billion bytes of matches is stopped, and is damage', async () => {
    await expect(sizes(endless())).rejects.toMatchObject({ code: 'Z_DATA_ERROR' });
  });
});

describe('work that can be stopped', () => {
  it('gives what it gives, and throws what it throws', () => {
    expect(stoppableWork(() => stoppableWork(() => 7, 5000) + 1, 5000)).toBe(8);
    expect(() => stoppableWork(() => JSON.parse('{'), 5000)).toThrow(SyntaxError);
  });

  it('is stopped in a loop without an end', () => {
    const spin = () => {
      for (;;);
    };
    expect(() => stoppableWork(spin, 20)).toThrow(TookTooLong);
  });
});
