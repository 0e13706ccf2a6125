import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../../../scripts/commands.js';
import { programOf } from '../../support/program-of.js';
import { compose, startedBy as composeStarts } from './compose.js';
import { pods, startedBy } from './kubernetes.js';
import { type Started, vouchWords } from './started.js';

const started: [string, Started][] = [
  ...pods.flatMap(({ file, spec }) =>
    spec.containers.map((container): [string, Started] => [join('kubernetes', file), startedBy(container)]),
  ),
  ...Object.keys(compose.services).map((name): [string, Started] => ['compose/compose.yaml', composeStarts(name)]),
];
const ours = started.filter(([, { image }]) => image.startsWith('vouch:'));

/** Reads a command line as `vouch` does, and runs nothing. Throws for a flag that does not exist, or has no such value. */
async function parsed([name, ...words]: string[]): Promise<{ name: string; flags: Record<string, unknown> }> {
  const lazy = commands.find((command) => command.name === name);
  if (lazy === undefined) throw new Error(`vouch has no command ${name}`);
  const program = programOf((await lazy.load()).register);
  const [command] = program.commands;
  let flags: Record<string, unknown> = {};
  command.configureOutput({ writeErr: () => {} }).action(() => {
    flags = command.opts();
  });
  await program.parseAsync([name, ...words], { from: 'user' });
  return { name, flags };
}

describe('what the examples start', () => {
  it('is a command line that vouch has, with flags and values that it takes', async () => {
    const seen: string[] = [];
    for (const [file, each] of ours) {
      for (const words of vouchWords(each)) {
        const { name, flags } = await parsed(words).catch((error: Error) => {
          throw new Error(`${file}, ${each.name}: ${error.message}: vouch ${words.join(' ')}`);
        });
        expect(flags.model).toMatch(/\/(versions\/(current|1)|model)$/);
        seen.push(`${file} ${name}`);
      }
    }
    expect(seen.sort()).toEqual([
      'compose/compose.yaml gateway',
      'compose/compose.yaml monitor',
      'compose/compose.yaml serve',
      'kubernetes/gateway.yaml gateway',
      'kubernetes/monitor.yaml monitor',
      'kubernetes/score-job.yaml score',
      'kubernetes/service.yaml serve',
    ]);
  });

  it('would be refused with a flag that was renamed, or a value that is none', async () => {
    const good = ['serve', '--model', 'm', '--store', 's', '--port', '8080'];
    expect((await parsed(good)).flags).toMatchObject({ model: 'm', store: 's', port: 8080 });
    await expect(parsed([...good, '--feedback-key-file', 'f'])).rejects.toThrow('unknown option');
    await expect(parsed([...good.slice(0, -1), 'http'])).rejects.toThrow('expected a number');
    await expect(parsed(['serve', '--port', '1'])).rejects.toThrow('--model');
  });

  it('names images without the host of a registry', () => {
    for (const [, { image }] of started) expect(image).toMatch(/^(vouch:0\.1\.0|postgres:\d+)$/);
  });
});
