import { type FileHandle, open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { VouchError } from '../../support/errors.js';

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
    readonly target: string,
    handle: FileHandle,
    length: number,
  ) {
    this.#handle = handle;
    this.length = length;
  }

  /** A new one; what lies at `path` is removed. */
  static async create(path: string, target: string): Promise<PartialFile> {
    await rm(path, { force: true });
    return new PartialFile(path, target, await open(path, 'ax'), 0);
  }

  /** Goes on with one that an earlier process left, cut back to `length`. Errors: RESUME_MISMATCH where it is shorter. */
  static async resume(path: string, target: string, length: number): Promise<PartialFile> {
    const handle = await open(path, 'a');
    const { size } = await handle.stat();
    if (size < length) {
      await handle.close();
      const hint = 'Run without --resume to begin anew.';
      const detail = { file: path, expected: `at least ${length} bytes`, got: size, hint };
      throw new VouchError('RESUME_MISMATCH', 'the partial file is shorter than what was written to it', detail);
    }
    await handle.truncate(length);
    return new PartialFile(path, target, handle, length);
  }

  async append(bytes: Uint8Array): Promise<void> {
    if (bytes.length === 0) return;
    await this.#handle.appendFile(bytes);
    this.length += bytes.length;
  }

  async sync(): Promise<void> {
    await this.#handle.datasync();
  }

  /** Cuts back to `length` and closes; makes room where a full disk tore the last write. */
  async keep(length: number): Promise<void> {
    await this.#handle.truncate(length);
    await this.#handle.close();
  }

  async discard(): Promise<void> {
    await this.#handle.close();
    if (await this.#isOurs()) await rm(this.path, { force: true });
  }

  /** Closes and renames to the target. Errors: OUT_EXISTS where another run has put its own file at `path` meanwhile. */
  async publish(): Promise<void> {
    const ours = await this.#isOurs();
    await this.#handle.close();
    if (!ours) throw new VouchError('OUT_EXISTS', 'another run wrote to the same output', { file: this.path });
    await rename(this.path, this.target);
    await syncFolder(dirname(this.target));
  }

  async #isOurs(): Promise<boolean> {
    const [mine, there] = await Promise.all([this.#handle.stat(), stat(this.path).catch(() => undefined)]);
    return there !== undefined && there.ino === mine.ino && there.dev === mine.dev;
  }
}

/** Makes a rename last over a power cut, where the system lets a folder be synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => undefined);
  await folder?.sync().catch(() => {});
  await folder?.close();
}
