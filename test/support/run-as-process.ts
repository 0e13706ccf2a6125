import { Command } from 'commander';
import { VouchError } from '../../support/errors.js';

/** Runs some of the commands of `vouch` as the process that this is called in, with its arguments and exit status. */
export function runAsProcess(...registers: ((program: Command) => void)[]): void {
  const program = new Command('vouch');
  for (const register of registers) register(program);
  program.parseAsync().catch((error) => {
    process.stderr.write(`${error instanceof VouchError ? error.message : error.stack}\n`);
    process.exitCode = error instanceof VouchError ? error.exit : 70;
  });
}
