import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VouchError } from '../../../support/errors.js';

/**
 * A file that is written aside under a name of its own and renamed when it is whole: a reader sees the old file or the new
 * one. It grows by appending, can be cut back, and another process can go on with it. Throws plain file-system errors.
 */
export class PartialFile {
  readonly #handle: FileHandle;
  /** Bytes appended so far. */
  length: number;

  private constructor(
    readonly path: string,
    handle: FileHandle,
    length: number,
  ) {
    this.#handle = handle;
    this.length = length;
  }

  /** A new one; what lies at `path` is removed. */
  static async create(path: string): Promise<PartialFile> {
    await rm(path, { force: true });
    return new PartialFile(path, await open(path, 'ax'), 0);
  }

  /** Goes on with one that an earlier process left, cut back to `length`. Errors: RESUME_MISMATCH where it is gone or shorter. */
  static async resume(path: string, length: number): Promise<PartialFile> {
    const there = await stat(path).catch(() => undefined);
    if (there === undefined || there.size < length) {
      throw new VouchError('RESUME_MISMATCH', 'the partial file is not what was written', {
        file: path,
        expected: `at least ${length} bytes`,
        got: there?.size,
        hint: 'Run without --resume to begin anew.',
      });
    }
    const handle = await open(path, 'a');
    await handle.truncate(length);
    return new PartialFile(path, handle, length);
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    await this.#handle.appendFile(bytes);
    this.length += bytes.length;
  }

  /** Makes what was appended last. Errors: OUT_EXISTS where another run has written into the same file. */
  async sync(): Promise<void> {
    await this.#handle.datasync();
    if ((await this.#handle.stat()).size !== this.length) throw this.#shared();
  }

  /** Cuts back to `length` and closes; makes room where a full disk tore the last write. */
  async keep(length: number): Promise<void> {
    await this.#handle.truncate(length);
    await this.#handle.close();
  }

  /** Closes and removes it, unless another run has put its own file there. */
  async discard(): Promise<void> {
    const ours = await this.#isOurs();
    await this.#handle.close();
    if (ours) await rm(this.path, { force: true });
  }

  /** Closes and renames it. Errors: OUT_EXISTS where another run has put its own file there meanwhile. */
  async publish(target: string): Promise<void> {
    if (!(await this.#isOurs())) throw this.#shared();
    await this.#handle.close();
    await moveInto(this.path, target);
  }

  #shared(): VouchError {
    return new VouchError('OUT_EXISTS', 'another run writes to the same output', { file: this.path });
  }

  async #isOurs(): Promise<boolean> {
    const [mine, there] = await Promise.all([this.#handle.stat(), stat(this.path).catch(() => undefined)]);
    return there !== undefined && there.ino === mine.ino && there.dev === mine.dev;
  }
}

/** A rename that lasts over a power cut, where the system lets a folder be synced. */
export async function moveInto(path: string, target: string): Promise<void> {
  await rename(path, target);
  const folder = await open(dirname(target), 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
