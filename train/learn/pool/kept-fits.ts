import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { asideName, makeFolder } from '../../../support/atomic.js';

/** Stored fits in a folder. Each file is named after a hash of everything that the fit read. */
export interface KeptFits {
  readonly folder: string;
  /** The result for a key; undefined if there is none, or if its file is damaged. */
  take(key: string): Promise<unknown>;
  /** Stores a result. Its file exists completely or not at all. Throws the file system's error. */
  keep(key: string, result: unknown): Promise<void>;
  /** The number of stored fits. */
  count(): Promise<number>;
  /** Removes the fits, and the folder if nothing else is in it. */
  remove(): Promise<void>;
}

const HASH = 32;
/** Files of this folder: fits, and unfinished files that a kill left. */
const OURS = /^[0-9a-f]{64}\.fit(\..*\.partial)?$/;

/** The fits stored in `folder`, which is created for the first one. */
export function keptFits(folder: string): KeptFits {
  const fileOf = (key: string) => join(folder, `${key}.fit`);
  const files = async () => (await readdir(folder).catch(() => [])).filter((name) => OURS.test(name));
  return {
    folder,
    take: async (key) => {
      const bytes = await readFile(fileOf(key)).catch(() => null);
      if (bytes === null || !bytes.subarray(0, HASH).equals(sha256(bytes.subarray(HASH)))) return undefined;
      return deserialize(bytes.subarray(HASH));
    },
    keep: async (key, result) => {
      const content = serialize(result);
      const aside = asideName(fileOf(key));
      await makeFolder(folder);
      await writeFile(aside, sha256(content), { flag: 'wx' });
      await writeFile(aside, content, { flag: 'a' });
      await rename(aside, fileOf(key));
    },
    count: async () => (await files()).filter((name) => name.endsWith('.fit')).length,
    remove: async () => {
      for (const name of await files()) await rm(join(folder, name), { force: true });
      await rmdir(folder).catch(() => {}); // it does not exist, or it contains other files
    },
  };
}

function sha256(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
