import { Command } from 'commander';
import { register as gateway } from '../../scripts/commands/gateway.js';
import { register as serve } from '../../scripts/commands/serve.js';
import { VouchError } from '../../support/errors.js';

/** `vouch serve` and `vouch gateway` alone, for tests that start and stop them as processes of their own. */
const program = new Command('vouch');
serve(program);
gateway(program);
program.parseAsync().catch((error) => {
  process.stderr.write(`${error instanceof VouchError ? error.message : error.stack}\n`);
  process.exitCode = error instanceof VouchError ? error.exit : 70;
});
