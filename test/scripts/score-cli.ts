import { Command } from 'commander';
import { register } from '../../scripts/commands/score.js';
import { VouchError } from '../../support/errors.js';

/** `vouch score` alone, for tests that start, interrupt and kill it as a process of its own. */
const program = new Command('vouch');
register(program);
program.parseAsync().catch((error) => {
  process.stderr.write(`${error instanceof VouchError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof VouchError ? error.exit : 70;
});
