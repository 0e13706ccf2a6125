import { type ChildProcess, spawn } from 'node:child_process';
import { VouchError } from '../../../support/errors.js';

interface ToolOptions {
  cwd?: string;
  env?: Record<string, string>;
  /** What is being done, for the error: `fetching tensorflow-cpu`. */
  doing: string;
  /** What the user should do if the tool is missing. */
  remedy: string;
}

const running = new Set<ChildProcess>();
let stopped = false;

/** Kills all programs that runTool started, with their child processes, and prevents new ones. Used after a signal. */
export function stopTools(): void {
  stopped = true;
  for (const { pid } of running) if (pid !== undefined) process.kill(-pid, 'SIGKILL');
}

/**
 * Runs a program and returns what it wrote to stdout. Errors: BACKEND_UNAVAILABLE if it is missing, or if it fails,
 * with its last lines; DISK_FULL; INTERRUPTED after `stopTools`.
 */
export async function runTool(command: string, args: readonly string[], options: ToolOptions): Promise<string> {
  const { cwd, env, doing, remedy } = options;
  if (stopped) throw new VouchError('INTERRUPTED', `${doing}: stopped`);
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    running.add(child);
    const out: string[] = [];
    let tail = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text));
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      tail = (tail + text).slice(-4000);
    });
    child.on('error', (cause: NodeJS.ErrnoException) => {
      running.delete(child);
      const why =
        cause.code === 'ENOENT' ? `${command} is not installed` : `${command} does not start: ${cause.message}`;
      reject(new VouchError('BACKEND_UNAVAILABLE', `${doing}: ${why}`, { hint: remedy, cause }));
    });
    child.on('close', (status, signal) => {
      running.delete(child);
      if (status === 0) resolve(out.join(''));
      else
        reject(
          failure(
            `${doing}: ${command} ${signal ? `was ended by ${signal}` : `failed (${status})`}`,
            tail || out.join(''),
          ),
        );
    });
  });
}

function failure(what: string, text: string): VouchError {
  if (/no space left on device|ENOSPC/i.test(text)) return new VouchError('DISK_FULL', `${what}: the disk is full`);
  const lines = text.split('\n').map((line) => line.trim());
  const telling = lines.filter((line) => /error|no matching|not found|no module/i.test(line));
  const said = (telling.length > 0 ? telling : lines.filter((line) => line !== '')).slice(-3).join(' | ');
  return new VouchError('BACKEND_UNAVAILABLE', `${what}: ${said.slice(0, 600)}`);
}
