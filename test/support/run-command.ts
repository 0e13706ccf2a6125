import type { Command } from 'commander';
import { vi } from 'vitest';
import { programOf } from './program-of.js';

/** Runs one command of the command line in this process. Returns what it printed. */
export async function command(register: (program: Command) => void, ...args: string[]): Promise<string> {
  const out: string[] = [];
  const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => out.push(String(text)) > 0);
  try {
    await programOf(register).parseAsync(args, { from: 'user' });
  } finally {
    spy.mockRestore();
  }
  return out.join('');
}
