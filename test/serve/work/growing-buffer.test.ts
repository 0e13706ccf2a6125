import fc from 'fast-check';
import { expect, it } from 'vitest';
import { GrowingBuffer } from '../../../serve/work/growing-buffer.js';

it('bytes that come in pieces are those that came, and a first piece is never written to', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 9 })), (pieces) => {
      const all = Buffer.concat(pieces);
      const kept = pieces.map((piece) => Buffer.from(piece));
      const read = new GrowingBuffer();
      for (const piece of kept) read.push(piece);
      expect(read.size).toBe(all.length);
      expect(read.take()).toEqual(all);
      expect(kept).toEqual(pieces.map((piece) => Buffer.from(piece)));
      expect([read.size, read.take().length]).toEqual([0, 0]);
    }),
  );
});

it('a megabyte in pieces of one byte takes two megabytes at most', () => {
  const read = new GrowingBuffer();
  for (let i = 0; i < 2 ** 20; i++) read.push(Buffer.of(i & 255));
  const all = read.take();
  expect([all.length, all[257]]).toEqual([2 ** 20, 1]);
  expect(all.buffer.byteLength).toBeLessThanOrEqual(2 ** 21);
});
