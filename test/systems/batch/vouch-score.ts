import { spawn, spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = resolve(import.meta.dirname, '../../..');
const vouch = join(root, 'dist/scripts/vouch.js');

/** Runs the built command to its end. */
export function score(args: string[]): { status: number | null; stderr: string; seconds: number } {
  const started = performance.now();
  const { status, stderr } = spawnSync(process.execPath, [vouch, 'score', ...args], { encoding: 'utf8' });
  return { status, stderr, seconds: (performance.now() - started) / 1000 };
}

/** Starts it and kills it with −9 after so many milliseconds from when it began to write; whether it was killed before it was done. */
export async function killed(args: string[], partial: string, after: number): Promise<boolean> {
  const child = spawn(process.execPath, [vouch, 'score', ...args], { stdio: 'ignore' });
  const ended = new Promise<void>((done) => child.on('close', () => done()));
  while (child.exitCode === null && !existsSync(partial)) await sleep(1);
  await Promise.race([sleep(after), ended]);
  const isKilled = child.kill('SIGKILL');
  await ended;
  return isKilled && child.signalCode === 'SIGKILL';
}

/** The greatest resident memory of a run, in MiB, by /proc every 20 ms. */
export async function peakMemory(args: string[]): Promise<{ status: number | null; peak: number }> {
  const child = spawn(process.execPath, [vouch, 'score', ...args], { stdio: 'ignore' });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  let peak = 0;
  const { readFileSync } = await import('node:fs');
  while (child.exitCode === null && child.signalCode === null) {
    try {
      const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1];
      peak = Math.max(peak, Number(kilobytes ?? 0) / 1024);
    } catch {
      break;
    }
    await sleep(20);
  }
  return { status: await ended, peak };
}

export function sizeOf(path: string): number {
  return existsSync(path) ? statSync(path).size : 0;
}
