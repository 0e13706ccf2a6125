import { outError } from '../support/atomic.js';

/** Whether an error says that the reader of a pipe has gone away, as `head` does once it has seen enough. */
export function isBrokenPipe(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE';
}

/**
 * Keeps the process alive if nobody reads its output any longer: the rest of the output is dropped, and the command ends
 * with its own exit status. Another fault of the output (a full disk) gives exit status 1, and one line with a code
 * unless the command has said so itself: it then calls the function that this one returns.
 */
export function outliveReaders(): () => void {
  let fault: NodeJS.ErrnoException | undefined;
  let isSaid = false;
  process.stderr.on('error', () => {}); // nothing is left to say it on
  process.stdout.on('error', (error) => {
    if (!isBrokenPipe(error)) fault ??= error;
  });
  process.on('exit', () => {
    if (fault === undefined) return;
    process.exitCode = 1;
    if (!isSaid) process.stderr.write(`vouch: ${outError('standard output', fault).message}\n`);
  });
  return () => {
    isSaid = true;
  };
}
