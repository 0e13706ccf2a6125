#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { VouchError } from '../support/errors.js';
import { versions } from '../support/versions.js';
import { isBrokenPipe, outliveReaders } from './broken-pipe.js';
import { commands } from './commands.js';
import { asFlag } from './flags/as-flag.js';
import { refuseReplacing } from './flags/no-replacing.js';
import { listCommands } from './listed.js';
import { usageError } from './usage-error.js';

/**
 * The command line: one file per command, which calls the library. Exit codes: 0 done, 1 bad input or a failed check,
 * 2 wrong usage. An error is one line with its code, those of commander too. VOUCH_TRACE=1 also prints the stack, to
 * debug vouch itself. If the reader of its output goes away (`vouch --help | head -2`), that is no error.
 */

const saidFault = outliveReaders();
const program = new Command('vouch')
  .description("Predicts whether an LLM's answer is right, and certifies how often accepted answers are wrong.")
  .version(versions().vouch)
  .addHelpText('after', '\nExit codes: 0 done, 1 bad input or a failed check, 2 wrong usage.')
  .configureOutput({ outputError: () => {} }) // `fail` prints errors
  .hook('preAction', (_, command) => refuseReplacing(command))
  .exitOverride();
if (isForList(process.argv.slice(2))) listCommands(program);
else for (const { load } of wanted(process.argv[2])) (await load()).register(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = fail(error);
}

/** Whether only the list of commands is wanted. */
function isForList([first, ...more]: string[]): boolean {
  return more.length === 0 && (first === undefined || ['-h', '--help', 'help'].includes(first));
}

/** The modules to load: the command that is run, none for the version, all of them for a word that is none. */
function wanted(first: string | undefined): typeof commands {
  if (first === '-V' || first === '--version') return [];
  const named = commands.filter(({ name }) => name === first);
  return named.length > 0 ? named : commands;
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    return fail(usageError(error, process.argv[2]));
  }
  if (isBrokenPipe(error)) return 0; // it wrote records, and its reader has enough of them
  saidFault();
  if (process.env.VOUCH_TRACE) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (error instanceof VouchError) {
    const run = program.commands.find((command) => command.name() === process.argv[2]);
    process.stderr.write(`vouch: ${asFlag(error, run).message}\n`);
    return error.exit;
  }
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `vouch: unexpected failure: ${what}. This is a bug in vouch; VOUCH_TRACE=1 shows where. [VOUCH_FAULT]\n`,
  );
  return 1;
}
