import { type ChildProcess, spawn } from 'node:child_process';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { cli } from '../support/cli.js';

const cwd = resolve(import.meta.dirname, '../..');

/** Starts `vouch serve` or `vouch gateway` as a process, notes it in `children`, and waits for its address. */
export async function startServing(args: string[], children: ChildProcess[], env: Record<string, string> = {}) {
  const all = [...cli, ...args, '--port', '0', '--json'];
  const child = spawn(process.execPath, all, { cwd, env: { ...process.env, ...env } });
  children.push(child);
  let stderr = '';
  child.stderr.on('data', (text) => (stderr += text));
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const url = await new Promise<string>((done, fail) => {
    createInterface(child.stdout).once('line', (text) => done(JSON.parse(text).url));
    ended.then(() => fail(new Error(stderr)));
  });
  return { url, child, ended, log: () => stderr };
}
