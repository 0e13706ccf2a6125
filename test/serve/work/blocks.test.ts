import { expect, it } from 'vitest';
import { Blocks } from '../../../serve/work/blocks.js';

it('gives the bytes that were pushed, however they were cut; a piece alone is not copied', () => {
  const blocks = new Blocks();
  const one = Buffer.from('alone');
  blocks.push(one);
  expect(blocks.take()[0].buffer).toBe(one.buffer);
  const bytes = Buffer.from(Array.from({ length: 3_000_000 }, (_, i) => (i * 31) % 251));
  for (const step of [7777, 65_536, 2_500_000]) {
    for (let at = 0; at < bytes.length; at += step) blocks.push(bytes.subarray(at, at + step));
    blocks.push(Buffer.alloc(0));
    expect(blocks.size).toBe(bytes.length);
    const taken = blocks.take();
    expect(Buffer.concat(taken).equals(bytes)).toBe(true);
    expect(blocks.size).toBe(0);
  }
  expect(blocks.take()).toEqual([]);
});

it('holds no block of more than 1 MiB of its own, and few where pieces are of one byte', () => {
  const blocks = new Blocks();
  for (let i = 0; i < 100_000; i++) blocks.push(Buffer.from([i % 256]));
  const taken = blocks.take();
  expect(taken.map(({ length }) => length)).toEqual([1, 4096, 8194, 24_582, 63_127]);
  blocks.push(Buffer.alloc(10));
  for (let i = 0; i < 5; i++) blocks.push(Buffer.alloc(2 ** 20));
  const MIB = 2 ** 20;
  expect(blocks.take().map(({ length }) => length)).toEqual([10, MIB, MIB, MIB, MIB, MIB]);
});
