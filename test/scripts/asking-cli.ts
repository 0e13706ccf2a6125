import { Command } from 'commander';
import { register as collect } from '../../scripts/commands/collect.js';
import { register as enrich } from '../../scripts/commands/enrich.js';
import { VouchError } from '../../support/errors.js';

/** The two commands alone, for tests that start, interrupt and kill them as processes of their own. */
const program = new Command('vouch');
collect(program);
enrich(program);
program.parseAsync().catch((error) => {
  process.stderr.write(`${error instanceof VouchError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof VouchError ? error.exit : 70;
});
