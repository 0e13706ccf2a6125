import { execFileSync, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** Debian's package `postgresql` has its programs here, by version. */
const ROOT = '/usr/lib/postgresql';
const version = existsSync(ROOT) ? readdirSync(ROOT).sort().at(-1) : undefined;
const isRoot = userInfo().uid === 0;

/** Whether this machine has a PostgreSQL server. Says so once if it has none. */
export const hasPostgres = version !== undefined;
if (!hasPostgres) console.warn('skipped: there is no PostgreSQL here (apt-get install postgresql)');

export interface Postgres {
  port: number;
  /** Folder of its programs. */
  bin: string;
  /** Runs a program of PostgreSQL, such as `pg_dump`, and returns its output. */
  run(program: string, args: string[], options?: { input?: string; env?: Record<string, string> }): string;
  /** Makes a database, and returns its address. */
  create(name: string): string;
  /** Stops the server and deletes its data. */
  stop(): Promise<void>;
}

interface PostgresOptions {
  /** The superuser, and the password that it needs over the network; without one, none is needed. */
  user?: string;
  password?: string;
  /** Further arguments of `initdb`. */
  initArgs?: string[];
}

/** A server of its own, with one superuser. It listens on this machine only. */
export async function startPostgres({
  user = 'postgres',
  password,
  initArgs = [],
}: PostgresOptions = {}): Promise<Postgres> {
  const dir = mkdtempSync(join(tmpdir(), 'vouch-postgres-'));
  const bin = join(ROOT, String(version), 'bin');
  if (isRoot) execFileSync('chown', ['postgres', dir]);
  /** The server refuses to run as root. */
  const asUser = (program: string, args: string[]): [string, string[]] =>
    isRoot
      ? ['setpriv', ['--reuid=postgres', '--regid=postgres', '--clear-groups', join(bin, program), ...args]]
      : [join(bin, program), args];
  const data = join(dir, 'data');
  const secret = join(dir, 'password');
  writeFileSync(secret, password ?? '');
  if (isRoot) execFileSync('chown', ['postgres', secret]);
  const auth = password === undefined ? ['--auth=trust', '-E', 'UTF8'] : [`--pwfile=${secret}`, ...initArgs];
  execFileSync(...asUser('initdb', ['-D', data, '-U', user, ...auth]), {
    cwd: dir,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const port = await freePort();
  const server = spawn(...asUser('postgres', ['-D', data, '-p', String(port), '-k', dir, '-h', '127.0.0.1']), {
    ...{ cwd: dir, stdio: 'ignore' },
  });
  const ended = new Promise((resolve) => server.once('exit', resolve));
  const at = ['-h', '127.0.0.1', '-p', String(port), '-U', user];
  const run: Postgres['run'] = (program, args, { input, env } = {}) =>
    execFileSync(join(bin, program), args, {
      ...{ input, env: { ...process.env, PGPASSWORD: password, ...env }, encoding: 'utf8', maxBuffer: 2 ** 30 },
      stdio: ['pipe', 'pipe', 'pipe'],
    });
  for (let i = 0; ; i++) {
    try {
      run('pg_isready', ['-q', ...at]);
      break;
    } catch (error) {
      if (i === 100) throw error;
      await sleep(200);
    }
  }
  return {
    port,
    bin,
    run,
    create: (name) => {
      run('createdb', [...at, name]);
      return `postgres://${user}@127.0.0.1:${port}/${name}`;
    },
    stop: async () => {
      server.kill('SIGINT');
      await ended;
      rmSync(dir, { recursive: true, force: true });
    },
  };
}

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
    probe.on('error', reject);
  });
}
