import { type FileHandle, open, rm, stat } from 'node:fs/promises';
import { VouchError } from '../../../support/errors.js';
import { renameSynced } from '../../../support/sync-folder.js';

/**
 * A file that is written under a temporary name and renamed when it is complete: a reader sees the old file or the new
 * one. It grows by appending, can be cut back, and another process can continue it. Throws plain file-system errors.
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

  /** Creates the file; removes what is at `path`. */
  static async create(path: string): Promise<PartialFile> {
    await rm(path, { force: true });
    return new PartialFile(path, await open(path, 'ax'), 0);
  }

  /**
   * Continues a file that an earlier process left, cut back to `length`. Errors: RESUME_MISMATCH if it is gone or
   * shorter.
   */
  static async resume(path: string, length: number): Promise<PartialFile> {
    const there = await stat(path).catch(() => undefined);
    if (there === undefined || there.size < length) {
      throw new VouchError('RESUME_MISMATCH', 'the partial file has changed since it was written', {
        file: path,
        expected: `at least ${length} bytes`,
        got: there?.size,
        hint: 'Run without --resume to start again.',
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

  /** Puts what was appended safely on disk. Errors: OUT_EXISTS if another run has written into the same file. */
  async sync(): Promise<void> {
    await this.#handle.datasync();
    if ((await this.#handle.stat()).size !== this.length) throw this.#shared();
  }

  /** Cuts back to `length` and closes. This frees the space of a last write that a full disk cut off. */
  async keep(length: number): Promise<void> {
    await this.#handle.truncate(length);
    await this.#handle.close();
  }

  /** Closes and removes it, unless another run has put its own file in its place. */
  async discard(): Promise<void> {
    const ours = await this.#isOurs();
    await this.#handle.close();
    if (ours) await rm(this.path, { force: true });
  }

  /** Closes and renames it. Errors: OUT_EXISTS if another run has meanwhile put its own file in its place. */
  async publish(target: string): Promise<void> {
    if (!(await this.#isOurs())) throw this.#shared();
    await this.#handle.close();
    await renameSynced(this.path, target);
  }

  #shared(): VouchError {
    return new VouchError('OUT_EXISTS', 'another run writes to the same output', { file: this.path });
  }

  async #isOurs(): Promise<boolean> {
    const [mine, there] = await Promise.all([this.#handle.stat(), stat(this.path).catch(() => undefined)]);
    return there !== undefined && there.ino === mine.ino && there.dev === mine.dev;
  }
}
