import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AskRun } from '../../../data/ask/ask-run.js';
import { askSchema, waySchema } from '../../../data/ask/options.js';

/** Options of a run in a folder of its own, with `lines` as its input. */
export async function runOf(
  folder: string,
  lines: readonly (string | object)[],
  { ask = {}, way = {}, more = {} }: { ask?: object; way?: object; more?: Partial<AskRun> },
): Promise<AskRun> {
  const input = join(folder, 'input.jsonl');
  await writeFile(input, lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''));
  return {
    inputs: [input],
    out: join(folder, 'out.jsonl'),
    ask: askSchema.parse(ask),
    way: waySchema.parse({ retries: 0, concurrency: 1, ...way }),
    prefix: {},
    restart: false,
    env: {},
    now: () => new Date(0),
    quiet: true,
    ...more,
  };
}

/** The lines of a file, as text. */
export async function linesOf(file: string): Promise<string[]> {
  return (await readFile(file, 'utf8')).trimEnd().split('\n');
}

/** The verifiers of each record of a file. */
export async function verifiersIn(file: string): Promise<unknown[]> {
  return (await linesOf(file)).map((line) => JSON.parse(line).verifiers);
}
