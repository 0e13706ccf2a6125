import { type ChildProcess, spawn } from 'node:child_process';

/** What a program gets, and how long and how much it may write. */
export interface ProgramOptions {
  input: string;
  env: Record<string, string | undefined>;
  /** Seconds. */
  timeout: number;
  /** Most bytes on standard output. */
  most: number;
  abort?: AbortSignal;
}

/** How a program ended: what it wrote, or why that does not count. */
type Ended = { output: string } | { failed: string };

/** Bytes of standard error that are kept for the message. */
const KEPT = 2000;
/** Milliseconds after the end of a program in which its output is read to the end. */
const GRACE = 1000;

/**
 * Runs a program without a shell: `input` on its standard input, its standard output as text. After the timeout, with
 * too much output, or on abort, it is killed with all processes that it started; processes that it leaves behind are
 * killed too. (A process that moves to another process group escapes, but is not waited for.) A status other than 0 is `failed`, with the first
 * line of standard error. Errors: those of starting the program; AbortError.
 */
export function runProgram([program, ...args]: readonly string[], options: ProgramOptions): Promise<Ended> {
  const { input, env, timeout, most, abort } = options;
  return new Promise((resolve, reject) => {
    abort?.throwIfAborted();
    // a process group of its own, so that it can be killed with its children
    const own = process.platform !== 'win32';
    const child = spawn(program, args, { env, stdio: 'pipe', shell: false, detached: own, windowsHide: true });
    const chunks: Buffer[] = [];
    let size = 0;
    let noise = '';
    let failed: string | undefined;
    const stop = (why: string) => {
      failed ??= why;
      killAll(child);
    };
    const timer = setTimeout(() => stop(`no result within ${timeout} s`), timeout * 1000);
    const onAbort = () => stop('aborted');
    abort?.addEventListener('abort', onAbort, { once: true });
    const over = () => {
      clearTimeout(timer);
      abort?.removeEventListener('abort', onAbort);
    };
    child.stdin.on('error', () => {}); // a program need not read its input
    child.stdin.end(input);
    child.stdout.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > most) stop(`more than ${most} bytes of output`);
      else chunks.push(chunk);
    });
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      if (noise.length < KEPT) noise += text.slice(0, KEPT);
    });
    child.on('error', (error) => {
      over();
      reject(error);
    });
    let leaving: NodeJS.Timeout | undefined;
    child.on('exit', () => {
      // what it left behind would keep its output open, as does what escaped
      if (own) killAll(child);
      leaving = setTimeout(() => {
        for (const stream of [child.stdin, child.stdout, child.stderr]) stream.destroy();
      }, GRACE);
    });
    child.on('close', (status, signal) => {
      over();
      clearTimeout(leaving);
      if (abort?.aborted) reject(abort.reason);
      else if (failed !== undefined) resolve({ failed });
      else if (status === 0) resolve({ output: Buffer.concat(chunks).toString('utf8') });
      else resolve({ failed: ending(status, signal, noise) });
    });
  });
}

function ending(status: number | null, signal: string | null, noise: string): string {
  const line = noise.split('\n').find((text) => text.trim() !== '');
  const how = signal === null ? `exit status ${status}` : `ended by ${signal}`;
  return line === undefined ? how : `${how}: ${line.trim().slice(0, 200)}`;
}

/** Kills a program and the processes that it started. */
function killAll({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' }).on('error', () => {});
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // the group has ended already
  }
}
