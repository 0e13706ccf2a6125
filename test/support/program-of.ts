import { Command } from 'commander';

/** A command line with some of the commands of `vouch`. Wrong usage is thrown, not printed. */
export function programOf(...registers: ((program: Command) => void)[]): Command {
  const program = new Command('vouch').exitOverride();
  for (const register of registers) register(program);
  return program;
}
