import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export interface Started {
  url: string;
  child: ChildProcess;
  stop(): Promise<number | null>;
}

/** Starts a server that prints a line with its address, `{"url": …}` or any text with one. */
export async function startServer(command: string, args: string[], env: Record<string, string> = {}): Promise<Started> {
  const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'], env: { ...process.env, ...env } });
  const ended = new Promise<number | null>((done) => child.on('close', done));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout!).on('line', (line) => {
      const found = /https?:\/\/[^\s"]+/.exec(line);
      if (found !== null) resolve(found[0]);
    });
    ended.then((code) => reject(new Error(`${command} ${args.join(' ')} ended with ${code} before it listened`)));
  });
  const stop = () => {
    child.kill('SIGTERM');
    return ended;
  };
  return { url, child, stop };
}

/** `vouch serve` from the sources, as users run it but for the compile. */
export function startVouch(model: string, more: string[] = [], env: Record<string, string> = {}): Promise<Started> {
  const args = ['--import', 'tsx', 'scripts/vouch.ts', 'serve', '--model', model, '--port', '0', '--json'];
  return startServer(process.execPath, [...args, '--log-level', 'warn', '--drain-wait', '0', ...more], env);
}
