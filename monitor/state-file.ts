import { rename } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { makeFolder, outError } from '../support/atomic.js';
import { VouchError } from '../support/errors.js';
import { takeLock } from '../support/lock.js';
import type { MonitorRules } from './rules.js';
import { type MonitorState, readState, startState } from './state.js';

/** The file that exists while a run uses the state. */
export function lockOf(stateFile: string): string {
  return `${stateFile}.lock`;
}

/** Errors: OUT_UNWRITABLE if another run writes this state, or if its folder cannot be made; DISK_FULL. */
export async function lockState(file: string): ReturnType<typeof takeLock> {
  try {
    await makeFolder(dirname(resolve(file)));
    return await takeLock(lockOf(file), { wait: 0, of: file });
  } catch (error) {
    throw outError(file, error);
  }
}

/** Digits of a bundle's SHA-256 in the name of a state that is set aside. */
const DIGITS = 12;

/**
 * For a file that is used with one bundle after another: sets a state of another bundle aside as FILE.DIGITS, and takes
 * up the one of this bundle if there is one. The caller holds the lock.
 */
export async function stateOfBundle(file: string, digest: string): Promise<void> {
  const found = await readState(file);
  if (found?.bundle === digest) return;
  const asideOf = (bundle: string) => `${file}.${bundle.slice(0, DIGITS)}`;
  if (found !== null) await rename(file, asideOf(found.bundle)); // null: a run was killed between these two steps
  await rename(asideOf(digest), file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error;
  });
}

/** The state to go on from, or a new one. Errors: RESUME_MISMATCH if it is of another bundle or other rules. */
export async function stateFor(file: string, digest: string, rules: MonitorRules): Promise<MonitorState> {
  const fixed = { bundle: digest, seed: rules.seed, floor: rules.leastChance, runLength: rules.runLength };
  const found = await readState(file);
  if (found === null) return startState(fixed);
  for (const [name, value] of Object.entries(fixed)) {
    const before = found[name as keyof typeof fixed];
    if (before === value) continue;
    throw new VouchError('RESUME_MISMATCH', 'the state was begun with something else', {
      ...{ file, field: name === 'floor' ? 'leastChance' : name, expected: String(before), got: value },
      hint: 'Name a new state file. With it, all promises start again without labels.',
    });
  }
  return found;
}
