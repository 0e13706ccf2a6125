import { type Command, Option } from 'commander';
import { groups } from './groups.js';
import { share } from './reading.js';

/** The flags about the promise of a bundle that is made from another one. */
export interface KeptPromiseFlags {
  targetError?: number;
  confidence?: number;
  allowLeak?: string[];
}

/** Adds these flags to a command; without them, target and confidence stay as trained. */
export function addKeptPromise(command: Command): Command {
  return command
    .optionsGroup(groups.promise)
    .option(
      '--target-error <share>',
      'allowed share of errors among accepted answers (default: as trained)',
      share('--target-error'),
    )
    .option('--confidence <share>', 'confidence of that promise (default: as trained)', share('--confidence'))
    .addOption(allowLeak());
}

/** `--allow-leak`, which may be given several times. */
export function allowLeak(): Option {
  return new Option(
    '--allow-leak <signal>',
    'certify even if this signal seems to reveal the label (leak alarm); repeat for several',
  ).argParser((name: string, before: string[] = []) => [...before, name]);
}
