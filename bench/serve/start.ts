import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

export interface Started {
  url: string;
  child: ChildProcess;
  stop(): Promise<number | null>;
}

/** Starts a server in the folder `cwd`. Returns how to stop it. */
export function spawnServer(command: string, args: string[], env: Record<string, string> = {}, cwd?: string) {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env }, cwd });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  child.stdout.resume();
  process.on('exit', () => child.kill()); // also where the benchmark fails
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { child, ended, stop };
}

/** Starts a server that prints a line with its address. */
export async function startServer(
  command: string,
  args: string[],
  env: Record<string, string> = {},
  cwd?: string,
): Promise<Started> {
  const { child, ended, stop } = spawnServer(command, args, env, cwd);
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).on('line', (line) => {
      const found = /https?:\/\/[^\s"]+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`${command} ${args.join(' ')} ended with ${code} before it listened`)));
  });
  return { url, child, stop };
}

/** `vouch serve` as users run it: built first, here or in another checkout. */
export function startVouch(
  model: string,
  more: string[] = [],
  env: Record<string, string> = {},
  checkout?: string,
): Promise<Started> {
  execFileSync('npm', ['run', '--silent', 'build'], { cwd: checkout, stdio: ['ignore', 'ignore', 'inherit'] });
  const args = ['dist/scripts/vouch.js', 'serve', '--model', model, '--port', '0', '--json'];
  return startServer(process.execPath, [...args, '--log-level', 'warn', '--drain-wait', '0', ...more], env, checkout);
}

/** Processor time of a process in seconds; NaN where the system does not report it. */
export function cpuSeconds({ child }: Pick<Started, 'child'>): number {
  try {
    const fields = readFileSync(`/proc/${child.pid}/stat`, 'utf8').split(') ')[1].split(' ');
    return (Number(fields[11]) + Number(fields[12])) / 100;
  } catch {
    return Number.NaN;
  }
}

/** Memory of a process in bytes; NaN where the system does not report it. */
export function memoryOf({ child }: Pick<Started, 'child'>): number {
  try {
    return 1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8'))?.[1]);
  } catch {
    return Number.NaN;
  }
}
