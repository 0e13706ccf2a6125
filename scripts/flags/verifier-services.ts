import type { Command } from 'commander';
import { gather } from './gather.js';

/** Adds the flags that name the services and programs that verify an answer. */
export function addVerifierServices(command: Command): Command {
  return command
    .option(
      '--verifier <url>',
      'service that gets the record by POST and replies with a score, as URL or NAME=URL; repeat for several',
      gather,
    )
    .option(
      '--verifier-command <command>',
      'program that gets the record on standard input and prints a score, as COMMAND or NAME=COMMAND; repeat for several',
      gather,
    );
}

/** Adds the flag that names the environment variables with the keys of these services. */
export function addVerifierKey(command: Command): Command {
  return command.option(
    '--verifier-api-key-env <name>',
    'environment variable that holds the key of --verifier, as NAME or VERIFIER=NAME (default: no key is sent)',
    gather,
  );
}
