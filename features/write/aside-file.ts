import { type FileHandle, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { asideName, makeFolder, outError } from '../../support/atomic.js';

/**
 * A file that is written in pieces under a temporary name and renamed when complete. Errors: OUT_UNWRITABLE, DISK_FULL.
 */
export class AsideFile {
  private constructor(
    readonly path: string,
    private readonly aside: string,
    private readonly file: FileHandle,
  ) {}

  static async open(path: string): Promise<AsideFile> {
    const aside = asideName(path);
    try {
      await makeFolder(dirname(path));
      return new AsideFile(path, aside, await open(aside, 'wx'));
    } catch (error) {
      throw outError(path, error);
    }
  }

  async append(bytes: Uint8Array): Promise<void> {
    try {
      if (bytes.length > 0) await this.file.writeFile(bytes);
    } catch (error) {
      await this.abort();
      throw outError(this.path, error);
    }
  }

  async commit(): Promise<void> {
    try {
      await this.file.sync();
      await this.file.close();
      await rename(this.aside, this.path);
    } catch (error) {
      await this.abort();
      throw outError(this.path, error);
    }
  }

  /** Deletes the temporary file. */
  async abort(): Promise<void> {
    await this.file.close().catch(() => {});
    await rm(this.aside, { force: true });
  }
}
