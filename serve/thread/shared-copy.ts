import type { Steps } from '../../support/steps.js';

/** Bytes that are copied in one step. */
const STEP = 1 << 20;

/**
 * The bytes of all parts, one after another, in memory that a thread can read. Transferring them instead would slow
 * down all typed arrays in this thread.
 */
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

/** Total bytes of all parts. */
export function sizeOf(parts: readonly Uint8Array[]): number {
  let size = 0;
  for (const { length } of parts) size += length;
  return size;
}
