import { Command } from 'commander';
import { vi } from 'vitest';

/** Runs one command of the command line in this process. Returns what it printed. */
export async function command(register: (program: Command) => void, ...args: string[]): Promise<string> {
  const out: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  try {
    const program = new Command('vouch').exitOverride();
    register(program);
    await program.parseAsync(args, { from: 'user' });
  } finally {
    spy.mockRestore();
  }
  return out.join('');
}
