// AssemblyScript, compiled by support/wasm/build.mjs into data/read/unpack/kernel-bytes.ts. XXH64 with seed 0, over
// whole stripes of 32 bytes first and over what is left at the end. Source: doc/xxhash_spec.md of xxHash, v0.1.1.

const P1: u64 = 0x9e3779b185ebca87;
const P2: u64 = 0xc2b2ae3d27d4eb4f;
const P3: u64 = 0x165667b19e3779f9;
const P4: u64 = 0x85ebca77c2b2ae63;
const P5: u64 = 0x27d4eb2f165667c5;

let a: u64 = 0;
let b: u64 = 0;
let c: u64 = 0;
let d: u64 = 0;

@inline
function round(sum: u64, lane: u64): u64 {
  return rotl<u64>(sum + lane * P2, 31) * P1;
}

@inline
function merge(sum: u64, lane: u64): u64 {
  return (sum ^ round(0, lane)) * P1 + P4;
}

/** Starts a new checksum. */
export function begin(): void {
  a = P1 + P2;
  b = P2;
  c = 0;
  d = 0 - P1;
}

/** Processes the stripes in [at, end), whose length is a multiple of 32. */
export function stripes(at: usize, end: usize): void {
  let w = a;
  let x = b;
  let y = c;
  let z = d;
  for (; at < end; at += 32) {
    w = round(w, load<u64>(at));
    x = round(x, load<u64>(at, 8));
    y = round(y, load<u64>(at, 16));
    z = round(z, load<u64>(at, 24));
  }
  a = w;
  b = x;
  c = y;
  d = z;
}

/** The low 32 bits of the digest. The rest (under 32 bytes) is in [at, end); `size` is the length of all data. */
export function low(at: usize, end: usize, size: f64): u32 {
  const total = <u64>size;
  let sum: u64 = P5;
  if (total >= 32) {
    sum = rotl<u64>(a, 1) + rotl<u64>(b, 7) + rotl<u64>(c, 12) + rotl<u64>(d, 18);
    sum = merge(sum, a);
    sum = merge(sum, b);
    sum = merge(sum, c);
    sum = merge(sum, d);
  }
  sum += total;
  for (; at + 8 <= end; at += 8) sum = rotl<u64>(sum ^ round(0, load<u64>(at)), 27) * P1 + P4;
  if (at + 4 <= end) {
    sum = rotl<u64>(sum ^ (<u64>load<u32>(at) * P1), 23) * P2 + P3;
    at += 4;
  }
  for (; at < end; at++) sum = rotl<u64>(sum ^ (<u64>load<u8>(at) * P5), 11) * P1;
  sum = (sum ^ (sum >> 33)) * P2;
  sum = (sum ^ (sum >> 29)) * P3;
  return <u32>(sum ^ (sum >> 32));
}
