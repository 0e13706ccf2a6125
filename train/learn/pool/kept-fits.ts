import { createHash } from 'node:crypto';
import { readdir, readFile, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { asideName, makeFolder } from '../../../support/atomic.js';

/** Finished fits in a folder, each in a file named after what it was fitted on and how. */
export interface KeptFits {
  readonly folder: string;
  /** The result under a key; undefined where there is none, or its file is damaged. */
  take(key: string): Promise<unknown>;
  /** Keeps a result: its file is there whole or not at all. Throws the file system's error. */
  keep(key: string, result: unknown): Promise<void>;
  /** How many fits are there. */
  count(): Promise<number>;
  /** Removes the fits, and the folder if nothing else is in it. */
  remove(): Promise<void>;
}

const HASH = 32;
/** Files of this folder: fits, and what a kill left of one. */
const OURS = /^[0-9a-f]{64}\.fit(\..*\.partial)?$/;

/** The fits kept in `folder`, which is made when the first one comes. */
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
      await rmdir(folder).catch(() => {}); // not there, or not ours alone
    },
  };
}

function sha256(content: Uint8Array): Buffer {
  return createHash('sha256').update(content).digest();
}
