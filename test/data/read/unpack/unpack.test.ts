import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openBytes } from '../../../../data/read/unpack/bytes.js';
import { newChecksum } from '../../../../data/read/unpack/checksum.js';
import { gunzip } from '../../../../data/read/unpack/gzip.js';
import { isZstd, unzstd } from '../../../../data/read/unpack/zstd.js';
import { errorOf, readAll, temporary } from '../../temporary.js';
import { contentOf, type FrameShape, frameOf, skippable, xxh64 } from './frames.js';

const { put } = temporary();
const casesOf = (name: string) => resolve(import.meta.dirname, '../../../cases/10-zstd', name);
const f1 = readFileSync(casesOf('f1.zst'));

/** Bytes in chunks of these sizes, over and over. */
async function* inChunks(bytes: Buffer, sizes: readonly number[]): AsyncGenerator<Buffer> {
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length];
    yield bytes.subarray(at, at + size);
    at += size;
  }
}

async function allOf(chunks: AsyncIterable<Buffer>): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of chunks) parts.push(part);
  return Buffer.concat(parts);
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'read',
    (error: { code: string }) => error.code,
  );
const unpackedBy = (file: string) => openBytes(file).then((source) => allOf(source.chunks));

describe('the checksum', () => {
  it.each([
    ['', 0x51d8e999],
    ['a', 0xa98c6e5b],
    ['abc', 0xad770999],
  ])('of %j is as published', (text, low) => {
    const checksum = newChecksum();
    checksum.add(Buffer.from(text));
    expect(checksum.end()).toBe(low);
    expect(checksum.end()).toBe(0x51d8e999); // it has begun anew
  });

  it('is the same however the bytes are cut', () => {
    const bytes = Buffer.from(Array.from({ length: 300_001 }, (_, i) => (i * i) >> 3));
    const whole = Number(xxh64(bytes) & 0xffffffffn);
    for (const size of [1000, 131_072, 131_075, 300_001]) {
      const checksum = newChecksum();
      for (let at = 0; at < bytes.length; at += size) checksum.add(bytes.subarray(at, at + size));
      expect(checksum.end()).toBe(whole);
    }
  });
});

const bytes = (maxLength: number) => fc.uint8Array({ maxLength }).map((array) => Buffer.from(array));
const block = fc.oneof(
  bytes(200).map((raw) => ({ raw })),
  fc.record({ byte: fc.nat(255), times: fc.integer({ min: 1, max: 100_000 }) }),
);
const shape: fc.Arbitrary<FrameShape> = fc.record({
  blocks: fc.array(block, { minLength: 1, maxLength: 4 }),
  checksum: fc.boolean(),
  sized: fc.boolean(),
});
type Piece = { frame: FrameShape } | { skip: Buffer; kind: number } | 'compressed';
const piece: fc.Arbitrary<Piece> = fc.oneof(
  shape.map((frame) => ({ frame })),
  fc.record({ skip: bytes(60), kind: fc.nat(15) }),
  fc.constant('compressed' as const),
);
const stored = (one: Piece) =>
  one === 'compressed' ? f1 : 'frame' in one ? frameOf(one.frame) : skippable(one.skip, one.kind);

describe('Zstandard', () => {
  it('comes back whatever the frames and wherever the chunks end', async () => {
    const plain = await allOf(unzstd(inChunks(f1, [1000])));
    expect(plain.toString('utf8', 0, 11)).toBe('{"id":"a1",');
    const meant = (one: Piece) =>
      one === 'compressed' ? plain : 'frame' in one ? contentOf(one.frame) : Buffer.alloc(0);
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 5 }),
        fc.nat(9),
        async (pieces, sizes, zeros) => {
          const data = Buffer.concat([...pieces.map(stored), Buffer.alloc(zeros)]);
          const got = await allOf(unzstd(inChunks(data, sizes)));
          expect(got.equals(Buffer.concat(pieces.map(meant)))).toBe(true);
        },
      ),
      { numRuns: 300, seed: 5 },
    );
  });

  it('is cut off or damaged, never something else, where a byte is missing or other', async () => {
    const data = Buffer.concat([skippable(Buffer.from('1234')), f1, skippable(Buffer.alloc(3))]);
    const plain = await allOf(unzstd(inChunks(data, [64])));
    const ends = new Set([0, 12, 12 + f1.length, data.length]);
    for (let cut = 0; cut <= data.length; cut++) {
      const code = await codeOf(allOf(unzstd(inChunks(data.subarray(0, cut), [64]))));
      expect([cut, code]).toEqual([cut, ends.has(cut) ? 'read' : 'Z_BUF_ERROR']);
    }
    for (let at = 12; at < 12 + f1.length; at++) {
      for (const bit of [1, 16, 128]) {
        const other = Buffer.from(data);
        other[at] ^= bit;
        const work = allOf(unzstd(inChunks(other, [64])));
        const code = await codeOf(work);
        if (code === 'read') expect((await work).equals(plain)).toBe(true);
        else expect(['Z_BUF_ERROR', 'Z_DATA_ERROR', 'FILE_UNREADABLE']).toContain(code);
      }
    }
  });

  it('whose content is not what its checksum or its size says is damaged', async () => {
    const good = frameOf({ blocks: [{ raw: Buffer.from('answers') }], checksum: true, sized: true });
    expect((await allOf(unzstd(inChunks(good, [5])))).toString()).toBe('answers');
    for (const at of [5, 12, good.length - 1]) {
      const bad = Buffer.from(good);
      bad[at]++;
      expect(await codeOf(allOf(unzstd(inChunks(bad, [5]))))).toBe('Z_DATA_ERROR');
    }
  });

  it('is refused with the way out where it needs a dictionary, much memory or an old version', async () => {
    const head = (...rest: number[]) => Buffer.from([0x28, 0xb5, 0x2f, 0xfd, ...rest, ...Array<number>(20).fill(0)]);
    const refused = async (name: string, content: Buffer) => errorOf(unpackedBy(put(name, content)));
    expect(await refused('d.zst', head(1, 0x58, 7))).toMatchObject({
      code: 'FILE_UNREADABLE',
      file: expect.stringMatching(/d\.zst$/),
      hint: 'Decompress it first: zstd -d -D DICTIONARY FILE.',
    });
    expect(await refused('w.zst', head(0, 0xa0))).toMatchObject({
      got: 2 ** 30,
      hint: expect.stringMatching(/--long/),
    });
    expect(await refused('o.zst', Buffer.concat([f1, Buffer.from([0x27, 0xb5, 0x2f, 0xfd, 0])]))).toMatchObject({
      code: 'FILE_UNREADABLE',
      message: expect.stringMatching(/before 0\.8/),
    });
    expect(await refused('t.zst', Buffer.concat([f1, Buffer.from('trailing')]))).toMatchObject({
      message: expect.stringMatching(/damaged/),
    });
  });

  it('is known by its first bytes', () => {
    expect([f1, skippable(Buffer.alloc(1), 15), Buffer.from('P*M'), Buffer.from('{"a":1}')].map(isZstd)).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });
});

describe('gzip', () => {
  it('comes back whatever the members, the zeros and the chunks', async () => {
    const member = fc.record({ content: bytes(300), zeros: fc.nat(20) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(member, { minLength: 1, maxLength: 4 }),
        fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 4 }),
        async (members, sizes) => {
          const data = Buffer.concat(members.flatMap((one) => [gzipSync(one.content), Buffer.alloc(one.zeros)]));
          const got = await allOf(gunzip(inChunks(data, sizes)));
          expect(got.equals(Buffer.concat(members.map((one) => one.content)))).toBe(true);
        },
      ),
      { numRuns: 200, seed: 6 },
    );
  });

  it('that is cut off, damaged or followed by something else is refused', async () => {
    const data = gzipSync('{"answer":"x"}\n'.repeat(50));
    const of = (content: Buffer) => codeOf(allOf(gunzip(inChunks(content, [7]))));
    for (let cut = 1; cut < data.length; cut++)
      expect([cut, await of(data.subarray(0, cut))]).toEqual([cut, 'Z_BUF_ERROR']);
    const other = Buffer.from(data);
    other[data.length - 6]++; // the checksum
    expect(await of(other)).toBe('Z_DATA_ERROR');
    expect(await of(Buffer.concat([data, Buffer.from('more')]))).toBe('Z_DATA_ERROR');
    expect(await of(Buffer.concat([data, Buffer.alloc(9), Buffer.from('more')]))).toBe('Z_DATA_ERROR');
  });
});

describe('case 10', () => {
  it.each([
    ['f1.zst', 5],
    ['f2.zst', 3],
    ['g1.gz', 5],
    ['multi.jsonl.gz', 10],
    ['multi.jsonl.zst', 8],
    ['nocheck.jsonl.zst', 4000],
    ['noext.zst', 5],
    ['pz.jsonl.zst', 5],
    ['skip-end.jsonl.zst', 5],
    ['skip-mid.jsonl.zst', 8],
    ['zeropad.jsonl.gz', 5],
  ])('%s holds %i answers', async (name, count) => {
    const { records, bad } = await readAll(casesOf(name), { badLines: 'skip' });
    expect(bad).toEqual([]);
    expect(records).toHaveLength(count);
    expect(records[0]).toMatchObject({ prompt: expect.stringMatching(/^What is \d+ plus \d+\?$/) });
    const nameless = await readAll(put(`plain-${count}-${name.length}`, readFileSync(casesOf(name))));
    expect(nameless.records).toEqual(records);
  });
});

describe('a source that is not read to its end', () => {
  const packers = [
    ['zstd', unzstd, f1],
    ['gzip', gunzip, gzipSync(Buffer.from('a line\n'))],
  ] as const;

  it.each(packers)('is closed after damage, and when the reader stops: %s', async (_, unpack, good) => {
    let closed = 0;
    async function* watched(bytes: Buffer) {
      try {
        for (;;) yield bytes;
      } finally {
        closed++;
      }
    }
    await expect(allOf(unpack(watched(Buffer.alloc(9, 'y'))))).rejects.toThrow();
    expect(closed).toBe(1);
    for await (const _part of unpack(watched(good))) break;
    await new Promise((done) => setImmediate(done));
    expect(closed).toBe(2);
  });
});
