import type { Steps } from '../../support/steps.js';

/** Bytes copied at a time. */
const STEP = 1 << 20;

/** The bytes, one part after another, where a thread can read them: handed over, they would slow all typed arrays here. */
export function* sharedCopy(parts: readonly Uint8Array[]): Steps<Uint8Array> {
  const shared = new Uint8Array(new SharedArrayBuffer(sizeOf(parts)));
  let at = 0;
  let step = STEP;
  for (const part of parts) {
    for (let from = 0; from < part.length; from += STEP) {
      const piece = part.subarray(from, from + STEP);
      shared.set(piece, at);
      at += piece.length;
      if (at < step) continue;
      step = at + STEP;
      yield;
    }
  }
  return shared;
}

/** Bytes of all parts. */
export function sizeOf(parts: readonly Uint8Array[]): number {
  let size = 0;
  for (const { length } of parts) size += length;
  return size;
}
