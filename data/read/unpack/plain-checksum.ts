import type { ChecksumKernel } from './checksum-kernel.js';

const P1 = 0x9e3779b185ebca87n;
const P2 = 0xc2b2ae3d27d4eb4fn;
const P3 = 0x165667b19e3779f9n;
const P4 = 0x85ebca77c2b2ae63n;
const P5 = 0x27d4eb2f165667c5n;

const u64 = (x: bigint) => BigInt.asUintN(64, x);
const rotate = (x: bigint, bits: bigint) => u64(x << bits) | (x >> (64n - bits));
const round = (sum: bigint, lane: bigint) => u64(rotate(u64(sum + u64(lane * P2)), 31n) * P1);
const merge = (sum: bigint, lane: bigint) => u64(u64((sum ^ round(0n, lane)) * P1) + P4);

/** Computes XXH64 as assembly/kernel.ts does, for systems that refuse WebAssembly. About a hundred times slower. */
export function plainChecksum(memory: Uint8Array): ChecksumKernel {
  const view = new DataView(memory.buffer, memory.byteOffset, memory.byteLength);
  const lanes = [0n, 0n, 0n, 0n];
  return {
    begin: () => {
      [lanes[0], lanes[1], lanes[2], lanes[3]] = [u64(P1 + P2), P2, 0n, u64(-P1)];
    },
    stripes: (from, end) => {
      for (let at = from; at < end; at += 8) {
        const k = ((at - from) >> 3) & 3;
        lanes[k] = round(lanes[k], view.getBigUint64(at, true));
      }
    },
    low: (from, end, size) => {
      const [a, b, c, d] = lanes;
      let sum = P5;
      if (size >= 32) {
        sum = u64(rotate(a, 1n) + rotate(b, 7n) + rotate(c, 12n) + rotate(d, 18n));
        for (const lane of lanes) sum = merge(sum, lane);
      }
      sum = u64(sum + BigInt(size));
      let at = from;
      for (; at + 8 <= end; at += 8) {
        sum = u64(rotate(sum ^ round(0n, view.getBigUint64(at, true)), 27n) * P1 + P4);
      }
      if (at + 4 <= end) {
        sum = u64(rotate(sum ^ u64(BigInt(view.getUint32(at, true)) * P1), 23n) * P2 + P3);
        at += 4;
      }
      for (; at < end; at++) sum = u64(rotate(sum ^ u64(BigInt(memory[at]) * P5), 11n) * P1);
      sum = u64((sum ^ (sum >> 33n)) * P2);
      sum = u64((sum ^ (sum >> 29n)) * P3);
      return Number(BigInt.asUintN(32, sum ^ (sum >> 32n)));
    },
  };
}
