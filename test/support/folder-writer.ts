import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { writeTinyBundle } from './tiny-bundle.js';

/** What a writer is told to do: write this bundle; at `step` it ends itself as kill −9 would. */
interface Job {
  dir: string;
  seed: number;
  step?: string;
}

/** A process that writes bundles. */
export interface Writer {
  /** The code of the error, null where there was none, `killed` where it ended itself. */
  write(job: Job): Promise<string | null>;
  close(): void;
}

/** Starts one. */
export function writer(): Writer {
  const env = { ...process.env, VOUCH_FOLDER_WRITER: '1' };
  const child = fork(fileURLToPath(import.meta.url), { execArgv: ['--import', 'tsx'], env });
  let answer: (code: string | null) => void = () => {};
  child.on('message', ({ code }: { code: string | null }) => answer(code));
  child.on('exit', () => answer('killed'));
  return {
    write: (job) =>
      new Promise((resolve) => {
        answer = resolve;
        child.send(job);
      }),
    close: () => child.kill('SIGKILL'),
  };
}

if (process.env.VOUCH_FOLDER_WRITER !== undefined) {
  process.on('message', ({ dir, seed, step }: Job) => {
    const reached = (at: string) => {
      if (at === step) process.kill(process.pid, 'SIGKILL');
    };
    writeTinyBundle(dir, { seed, reached }).then(
      () => process.send!({ code: null }),
      (error) => process.send!({ code: error.code ?? String(error) }),
    );
  });
}
