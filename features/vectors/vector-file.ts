import { createHash } from 'node:crypto';
import { closeSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { outError } from '../../support/atomic.js';
import type { StoredVectors } from './vector-rows.js';

/** Closes a file when nothing in this thread refers to its vectors any more. */
const closing = new FinalizationRegistry((file: number) => closeSync(file));

/**
 * A file of vectors in the system's folder for temporary files (TMPDIR). It is removed from the folder as soon as it is
 * open, so that nothing of it is left when the process ends, however it ends. Errors: DISK_FULL, OUT_UNWRITABLE, which
 * name the folder.
 */
export class VectorFile {
  readonly #file: number;
  readonly #hash = createHash('sha256');

  constructor() {
    this.#file = inTemporary(() => {
      const folder = mkdtempSync(join(tmpdir(), 'vouch-vectors-'));
      try {
        return openSync(join(folder, 'vectors'), 'wx+', 0o600);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    });
  }

  /** Appends numbers. */
  add(numbers: Float32Array): void {
    const bytes = new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);
    inTemporary(() => {
      for (let at = 0; at < bytes.length; ) at += writeSync(this.#file, bytes, at);
    });
    this.#hash.update(bytes);
  }

  /** The first n vectors. */
  finish(n: number): StoredVectors {
    const rows = Int32Array.from({ length: n }, (_, i) => i);
    const owner = {};
    closing.register(owner, this.#file);
    return { file: this.#file, rows, digest: this.#hash.digest('hex'), owner };
  }
}

function inTemporary<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw outError(tmpdir(), error);
  }
}
