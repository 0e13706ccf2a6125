import { randomBytes } from 'node:crypto';
import { link, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { hostname } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { VouchError } from './errors.js';
import { isRunning, startOf } from './process-start.js';

/** What a lock file says of its holder. */
interface Holder {
  pid: number;
  started?: string | null;
  host?: string;
  token?: string;
}

export interface Lock {
  /** Whether it is still ours: nobody took it for a dead one's, nobody deleted it. */
  holds(): Promise<boolean>;
  release(): Promise<void>;
}

export interface LockOptions {
  /** Milliseconds to wait for another holder; 0: not at all. */
  wait: number;
  /** What is locked, for the error. */
  of: string;
}

/** Milliseconds between two looks; and after which a lock file that cannot be read counts as a dead writer's. */
const LOOK = 20;
const UNREADABLE = 10_000;

/** Tokens of the locks this thread holds. */
const held = new Set<string>();

/**
 * Takes a lock: a new file with process id, start time and machine. The lock of a process that is gone, as kill −9 leaves it, is taken
 * over; one of another machine never is, as nobody can tell from here. Errors: OUT_UNWRITABLE while another process holds it after
 * `wait`; those of the file system.
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
    if (found === null) continue; // let go of meanwhile
    const holder = holderIn(found);
    if (await isDead(file, holder)) {
      await clear(file, found);
      continue;
    }
    if (Date.now() >= until) {
      const who = holder === null ? 'unknown' : `${holder.pid}${holder.host === undefined ? '' : ` on ${holder.host}`}`;
      throw new VouchError('OUT_UNWRITABLE', `another run (process ${who}) is at work on this`, {
        file: of,
        hint: `Wait until it is done; if it is gone, delete ${file}.`,
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

/** Null where it is no lock of ours, or one that is just being written. An older version wrote the process id alone. */
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

/** Moves a dead one's lock away; if it was another's by then, that one gets its own back. */
async function clear(file: string, dead: string): Promise<void> {
  const aside = `${file}.${process.pid}-${randomBytes(3).toString('hex')}`;
  const moved = await rename(file, aside).then(
    () => true,
    () => false, // somebody else was faster
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
