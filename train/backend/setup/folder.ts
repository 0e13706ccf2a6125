import { readdir, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { asideName, makeFolder, outError } from '../../../support/atomic.js';
import { VouchError } from '../../../support/errors.js';
import { exchange } from '../../../support/folder/exchange.js';
import { type Parts, tfjsVersion } from './parts.js';
import { stopTools } from './tool.js';

/** This file is written last, so a folder that contains it is complete. */
const marker = 'vouch-setup.json';

function contents({ package: name, tensorflow, nvidia }: Parts): string {
  return `${JSON.stringify({ package: name, tfjs: tfjsVersion, tensorflow, nvidia }, null, 2)}\n`;
}

/** Whether the folder was already filled with exactly these parts. Error: OUT_EXISTS if it contains something else. */
export async function isFilled(dir: string, parts: Parts): Promise<boolean> {
  const entries = await readdir(dir).catch(() => [] as string[]);
  if (entries.length === 0) return false;
  if (!entries.includes(marker)) {
    throw new VouchError('OUT_EXISTS', 'this folder contains something else', {
      file: dir,
      expected: 'a new or empty folder',
    });
  }
  return (await readFile(join(dir, marker), 'utf8')) === contents(parts);
}

/**
 * Builds a temporary folder and renames it to `dir` when `build` is done. After a failure or a signal, `dir` is as it
 * was before, and the temporary folder is removed. Error: DISK_FULL before it starts, if the disk has too little room.
 */
export async function fillFolder<T>(dir: string, parts: Parts, build: (aside: string) => Promise<T>): Promise<T> {
  const aside = asideName(dir);
  let signalled: NodeJS.Signals | undefined;
  const onSignal = (signal: NodeJS.Signals) => {
    signalled = signal;
    stopTools();
  };
  process.once('SIGINT', onSignal).once('SIGTERM', onSignal);
  try {
    await makeFolder(aside);
    await checkRoom(aside, parts);
    const built = await build(aside);
    await writeFile(join(aside, marker), contents(parts));
    await replace(aside, dir);
    return built;
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => {});
    throw outError(dir, error);
  } finally {
    process.off('SIGINT', onSignal).off('SIGTERM', onSignal);
    if (signalled) process.kill(process.pid, signalled);
  }
}

async function checkRoom(folder: string, { room }: Parts): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize >= room) return;
  const gigabytes = (bytes: number) => `${(bytes / 1e9).toFixed(1)} GB`;
  const detail = { file: folder, expected: `${gigabytes(room)} free`, got: gigabytes(bavail * bsize) };
  throw new VouchError('DISK_FULL', 'too little room on this disk', detail);
}

/** Puts the new folder in the old one's place. */
async function replace(aside: string, dir: string): Promise<void> {
  await exchange(aside, dir);
  if (basename(dirname(dir)) === '.vouch') await writeFile(join(dirname(dir), '.gitignore'), '*\n');
}
