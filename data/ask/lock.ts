import { open, readFile, rm } from 'node:fs/promises';
import { VouchError } from '../../support/errors.js';

/** Locks this process holds. */
const held = new Set<string>();

/**
 * Keeps a second run off the work in hand: a file with the process id beside it. A lock whose process is gone, as
 * kill −9 leaves it, is taken over. Gives what lets go of it; throws OUT_UNWRITABLE while another run is at work.
 */
export async function lock(path: string): Promise<() => Promise<void>> {
  const file = `${path}.lock`;
  for (let tries = 0; tries < 2; tries++) {
    try {
      const handle = await open(file, 'wx');
      await handle.writeFile(`${process.pid}\n`);
      await handle.close();
      held.add(file);
      return async () => {
        if (held.delete(file)) await rm(file, { force: true });
      };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const pid = Number.parseInt(await readFile(file, 'utf8').catch(() => ''), 10);
    if (held.has(file) || (pid !== process.pid && isAlive(pid))) {
      const hint = `Wait until it is done; if it is gone, delete ${file}.`;
      throw new VouchError('OUT_UNWRITABLE', `another run (process ${pid || 'unknown'}) is at work on this`, {
        file: path,
        hint,
      });
    }
    await rm(file, { force: true });
  }
  throw new VouchError('OUT_UNWRITABLE', 'another run is at work on this', { file: path });
}

/** Whether a process of this machine lives; one that may not be signalled does. An unreadable id is taken for living. */
function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid)) return true;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
