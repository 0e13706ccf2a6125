import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import type PQueue from 'p-queue';
import { VouchError } from '../../../support/errors.js';
import { readScores } from './read-scores.js';
import { type ProgramOptions, runProgram } from './run-program.js';
import { splitCommand } from './split-command.js';
import type { Verifier } from './verifier.js';

type CommandOptions = Pick<ProgramOptions, 'env' | 'timeout' | 'abort'> & {
  /** Shared by all commands of a run; its concurrency is how many run at once. */
  queue: PQueue;
};

/** Most bytes that a program may write. */
const MOST_OUTPUT = 65_536;

/**
 * A program of the user as a verifier. It gets the record as one line of JSON on standard input and prints what
 * `read-scores.ts` reads. It runs without a shell, once per answer. Another exit status than 0, a timeout or any other
 * output is a failure for that answer. vouch adds no sandbox: what runs foreign code must bring its own. Error:
 * BAD_USAGE if the program does not exist or may not be run, before anything is asked.
 */
export async function commandVerifier(name: string, command: string, options: CommandOptions): Promise<Verifier> {
  const argv = splitCommand(command);
  const { queue, ...rest } = options;
  await checkProgram(argv[0], rest.env);
  return {
    name,
    verify: (shown) =>
      queue.add(async () => {
        const input = `${JSON.stringify(shown)}\n`;
        const ended = await runProgram(argv, { ...rest, input, most: MOST_OUTPUT }).catch((error) => {
          if ((error as NodeJS.ErrnoException).syscall?.startsWith('spawn') !== true) throw error;
          throw cannotRun(argv[0], error);
        });
        return 'output' in ended ? readScores(ended.output) : ended;
      }),
  };
}

async function checkProgram(program: string, env: Record<string, string | undefined>): Promise<void> {
  if (process.platform === 'win32') return; // there the system adds endings to names
  const folders = program.includes('/') ? [''] : (env.PATH ?? '').split(delimiter);
  for (const folder of folders) {
    const found = await access(folder === '' ? program : join(folder, program), constants.X_OK).then(
      () => true,
      () => false,
    );
    if (found) return;
  }
  throw cannotRun(program);
}

function cannotRun(program: string, cause?: unknown): VouchError {
  return new VouchError('BAD_USAGE', 'this program cannot be run', {
    field: '--verifier-command',
    expected: 'a program on the PATH, or the path of one',
    got: program,
    ...(cause === undefined ? {} : { cause }),
  });
}
