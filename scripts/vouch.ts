#!/usr/bin/env node
import { Command, CommanderError } from 'commander';
import { VouchError } from '../support/errors.js';
import { versions } from '../support/versions.js';
import { commands } from './commands.js';

/**
 * The command line: one command a file, each a thin call. Exit 0 done, 1 bad input or failed gate, 2 wrong usage.
 * Errors are one line with their code; VOUCH_TRACE=1 prints the stack for whoever debugs vouch itself.
 */

const program = new Command('vouch')
  .description("Tells how likely an LLM's answer is to be right, and proves it.")
  .version(versions().vouch)
  .showHelpAfterError('(vouch --help shows the commands, vouch COMMAND --help its options)')
  .exitOverride();
for (const { load } of wanted(process.argv[2])) (await load()).register(program);
for (const command of program.commands) command.exitOverride();

try {
  await program.parseAsync(process.argv);
} catch (error) {
  process.exitCode = fail(error);
}

/** A command needs itself alone, the version none; the help shows all of them. */
function wanted(first: string | undefined): typeof commands {
  if (first === '-V' || first === '--version') return [];
  const named = commands.filter(({ name }) => name === first);
  return named.length > 0 ? named : commands;
}

function fail(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (process.env.VOUCH_TRACE) process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  if (error instanceof VouchError) {
    process.stderr.write(`vouch: ${error.message}\n`);
    return error.exit;
  }
  const what = error instanceof Error ? error.message : String(error);
  process.stderr.write(
    `vouch: unexpected failure: ${what}. This is a fault of vouch; VOUCH_TRACE=1 shows where. [VOUCH_FAULT]\n`,
  );
  return 1;
}
