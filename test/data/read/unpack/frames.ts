/** Zstandard frames made by hand: blocks that are stored as they are, or one byte repeated. */
export interface FrameShape {
  blocks: readonly ({ raw: Buffer } | { byte: number; times: number })[];
  checksum: boolean;
  sized: boolean;
}

export function contentOf({ blocks }: FrameShape): Buffer {
  return Buffer.concat(blocks.map((block) => ('raw' in block ? block.raw : Buffer.alloc(block.times, block.byte))));
}

/** RFC 8878, section 3.1.1. */
export function frameOf(shape: FrameShape): Buffer {
  const content = contentOf(shape);
  const descriptor = (shape.sized ? 0b1010_0000 : 0) | (shape.checksum ? 0b100 : 0); // 4 bytes of size, one segment
  const size = Buffer.alloc(4);
  size.writeUInt32LE(content.length);
  const blocks = shape.blocks.map((block, i) => {
    const last = i === shape.blocks.length - 1 ? 1 : 0;
    const head = Buffer.alloc(3);
    if ('raw' in block) {
      head.writeUIntLE((block.raw.length << 3) | last, 0, 3);
      return Buffer.concat([head, block.raw]);
    }
    head.writeUIntLE((block.times << 3) | 2 | last, 0, 3);
    return Buffer.concat([head, Buffer.from([block.byte])]);
  });
  const end = Buffer.alloc(4);
  end.writeUInt32LE(Number(xxh64(content) & 0xffffffffn));
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, descriptor]),
    shape.sized ? size : Buffer.from([0x58]), // a window of 2 MB
    ...blocks,
    ...(shape.checksum ? [end] : []),
  ]);
}

export function skippable(content: Buffer, kind = 0): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32LE(0x184d2a50 + kind);
  head.writeUInt32LE(content.length, 4);
  return Buffer.concat([head, content]);
}

const MASK = (1n << 64n) - 1n;
const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const turn = (x: bigint, by: bigint) => ((x << by) | (x >> (64n - by))) & MASK;
const round = (sum: bigint, lane: bigint) => (turn((sum + lane * P2) & MASK, 31n) * P1) & MASK;

/** XXH64 with seed 0, on big integers, a step at a time as the specification lists them. */
export function xxh64(bytes: Buffer): bigint {
  let at = 0;
  let sum = P5;
  if (bytes.length >= 32) {
    const lanes = [(P1 + P2) & MASK, P2, 0n, (1n << 64n) - P1];
    for (; at + 32 <= bytes.length; at += 32) {
      for (let i = 0; i < 4; i++) lanes[i] = round(lanes[i], bytes.readBigUInt64LE(at + 8 * i));
    }
    sum = (turn(lanes[0], 1n) + turn(lanes[1], 7n) + turn(lanes[2], 12n) + turn(lanes[3], 18n)) & MASK;
    for (const lane of lanes) sum = ((sum ^ round(0n, lane)) * P1 + P4) & MASK;
  }
  sum = (sum + BigInt(bytes.length)) & MASK;
  for (; at + 8 <= bytes.length; at += 8)
    sum = (turn(sum ^ round(0n, bytes.readBigUInt64LE(at)), 27n) * P1 + P4) & MASK;
  if (at + 4 <= bytes.length) {
    sum = (turn(sum ^ ((BigInt(bytes.readUInt32LE(at)) * P1) & MASK), 23n) * P2 + P3) & MASK;
    at += 4;
  }
  for (; at < bytes.length; at++) sum = (turn(sum ^ ((BigInt(bytes[at]) * P5) & MASK), 11n) * P1) & MASK;
  sum = ((sum ^ (sum >> 33n)) * P2) & MASK;
  sum = ((sum ^ (sum >> 29n)) * P3) & MASK;
  return sum ^ (sum >> 32n);
}
