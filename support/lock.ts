import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { VouchError } from './errors.js';
import { isRunning, startOf } from './process-start.js';

/** What a lock file says about its holder. */
interface Holder {
  pid: number;
  started?: string | null;
  host?: string;
  token?: string;
}

interface Lock {
  /** Whether the lock is still ours: no other process took it for a dead one's, nobody deleted it. */
  holds(): Promise<boolean>;
  release(): Promise<void>;
}

interface LockOptions {
  /** Milliseconds to wait for another holder; 0 does not wait. */
  wait: number;
  /** What is locked, for the error message. */
  of: string;
}

/**
 * Milliseconds between two tries, and the age in milliseconds from which an unreadable lock file counts as left by a
 * dead process.
 */
const LOOK = 20;
const UNREADABLE = 10_000;

/** Tokens of the locks that this thread holds. */
const held = new Set<string>();

/**
 * Takes a lock: a new file with process id, start time and host name. The lock of a process that no longer exists
 * (after kill −9) is taken over. The lock of another host is never taken over, because its process cannot be checked
 * from here. Errors: OUT_UNWRITABLE if another process still holds the lock after `wait`; those of the file system.
 */
export async function takeLock(file: string, { wait, of }: LockOptions): Promise<Lock> {
  const token = randomBytes(8).toString('hex');
  const until = Date.now() + wait;
  for (;;) {
    if (await create(file, token)) return { holds: () => holds(file, token), release: () => release(file, token) };
    const found = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
      return null;
    });
    if (found === null) continue; // released in the meantime
    const holder = holderIn(found);
    if (await isDead(file, holder)) {
      await clear(file, found);
      continue;
    }
    if (Date.now() >= until) {
      const who = holder === null ? 'unknown' : `${holder.pid}${holder.host === undefined ? '' : ` on ${holder.host}`}`;
      throw new VouchError('OUT_UNWRITABLE', `another run (process ${who}) is writing this`, {
        file: of,
        hint: `Wait until it has finished; if it no longer runs, delete ${file}.`,
      });
    }
    await sleep(LOOK * (0.5 + Math.random()));
  }
}

async function create(file: string, token: string): Promise<boolean> {
  const holder: Holder = { pid: process.pid, started: startOf(process.pid), host: hostname(), token };
  try {
    const handle = await open(file, 'wx');
    held.add(token);
    try {
      await handle.writeFile(`${JSON.stringify(holder)}\n`);
    } finally {
      await handle.close();
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    if (held.delete(token)) await rm(file, { force: true });
    throw error;
  }
}

/**
 * The holder; null if this is not our lock file, or is just being written. Older versions wrote the process id alone.
 */
function holderIn(text: string): Holder | null {
  try {
    const raw: unknown = JSON.parse(text);
    const holder = (typeof raw === 'number' ? { pid: raw } : raw) as Holder | null;
    return Number.isSafeInteger(holder?.pid) && holder!.pid > 0 ? holder : null;
  } catch {
    return null;
  }
}

async function isDead(file: string, holder: Holder | null): Promise<boolean> {
  if (holder === null) {
    const { mtimeMs } = await stat(file).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }));
    return Date.now() - mtimeMs > UNREADABLE;
  }
  const { pid, started = null, host = hostname(), token = '' } = holder;
  if (host !== hostname()) return false;
  if (!isRunning(pid)) return true;
  const now = startOf(pid);
  if (started !== null && now !== null) return started !== now;
  return pid === process.pid && !held.has(token);
}

/** Removes the lock of a dead process. If another process has taken the lock by then, it gets its file back. */
async function clear(file: string, dead: string): Promise<void> {
  const aside = `${file}.${process.pid}-${randomBytes(3).toString('hex')}`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false, // another process was faster
  );
  if (!moved) return;
  if ((await readFile(aside, 'utf8').catch(() => dead)) !== dead) await link(aside, file).catch(() => {});
  await rm(aside, { force: true });
}

async function holds(file: string, token: string): Promise<boolean> {
  return holderIn(await readFile(file, 'utf8').catch(() => ''))?.token === token;
}

async function release(file: string, token: string): Promise<void> {
  if (await holds(file, token)) await rm(file, { force: true });
  held.delete(token);
}
