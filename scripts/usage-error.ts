import type { CommanderError } from 'commander';
import { VouchError } from '../support/errors.js';
import { commands } from './commands.js';

/**
 * An error of commander as one of ours: BAD_USAGE for an unknown command or option, a missing argument or option, an
 * argument too many, and a bad value. `first` is the first argument of the command line: the command, if there is one.
 */
export function usageError({ code, message }: Pick<CommanderError, 'code' | 'message'>, first?: string): VouchError {
  const help = commands.some(({ name }) => name === first)
    ? `vouch ${first} --help shows its arguments and options.`
    : 'vouch --help shows the commands.';
  if (code === 'commander.help') return new VouchError('BAD_USAGE', 'no command was given', { hint: help });
  // "error: unknown option '--modle'\n(Did you mean --model?)"
  const [what, ...more] = message.replace(/^error: /, '').split('\n');
  const meant = more.map((line) => line.replace(/^\((.*)\)$/, '$1')).filter((line) => line !== '');
  return new VouchError('BAD_USAGE', what.replace(/\.$/, ''), { hint: [...meant, help].join(' ') });
}
