import type { Command } from 'commander';
import { VouchError } from '../../support/errors.js';

/** Two flags that a command does not take together. A flag may have a value: `--certify cross`. */
interface Exclusion {
  flags: readonly [string, string];
  /** The reason, as the text of the error. */
  why: string;
}

const declared = new WeakMap<Command, Exclusion[]>();

/**
 * Declares that two flags exclude each other. The command checks it before it does anything (BAD_USAGE), and
 * docs/options.md lists it.
 */
export function exclusive(command: Command, flags: Exclusion['flags'], why: string): Command {
  declared.set(command, [...exclusionsOf(command), { flags, why }]);
  return command.hook('preAction', () => {
    if (flags.every((flag) => isGiven(command, flag)))
      throw new VouchError('BAD_USAGE', why, { got: flags.join(' and ') });
  });
}

/** What was declared for a command. */
export function exclusionsOf(command: Command): readonly Exclusion[] {
  return declared.get(command) ?? [];
}

function isGiven(command: Command, flag: string): boolean {
  const [long, value] = flag.split(' ');
  const option = command.options.find((each) => each.long === long);
  if (option === undefined) throw new Error(`${command.name()} has no ${long}`);
  const name = option.attributeName();
  const isSet = command.getOptionValueSource(name) === 'cli';
  return isSet && (value === undefined || command.getOptionValue(name) === value);
}
