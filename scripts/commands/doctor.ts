import type { Command } from 'commander';
import { maxOf } from '../../support/extremes.js';
import type { Check } from '../doctor-checks.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';

/** `vouch doctor`: shows what works on this machine, what does not, and how to repair it. */
export function register(program: Command): void {
  const command = program
    .command('doctor')
    .summary('Check that everything vouch needs works on this machine.')
    .description(
      'Checks Node, memory, disk, the table library, onnxruntime (it runs a small graph) and every training backend ' +
        '(it computes on each). Exits 1 if something essential does not work; a GPU is not essential.',
    )
    .argument(
      '[bundles...]',
      'bundles to check too: whether they are undamaged, of the current format, and able to decide',
    )
    .option('--json', 'print the checks as JSON', false);
  addPlugins(command)
    .addHelpText('after', '\nExample:\n  $ vouch doctor\n  $ vouch doctor runs/mine')
    .action(async (bundles: string[], { json, plugin }: PluginFlags & { json: boolean }) => {
      const { checkBundle, checkUp } = await import('../doctor-checks.js');
      const checks = [...(await checkUp()), ...(await Promise.all(bundles.map((dir) => checkBundle(dir, plugin))))];
      const ok = isFit(checks);
      const backend =
        checks.find(({ name, ok }) => ok && name.startsWith('backend '))?.name.slice('backend '.length) ?? null;
      process.stdout.write(json ? `${JSON.stringify({ ok, backend, checks })}\n` : sheet(checks, backend));
      if (!ok) process.exitCode = 1;
    });
}

/** Whether everything essential works. */
export function isFit(checks: readonly Check[]): boolean {
  return checks.every(({ ok, essential }) => ok || !essential);
}

/** The checks as text: one line per check, and a remedy below each check that failed. */
export function sheet(checks: readonly Check[], backend: string | null): string {
  const width = maxOf(checks.map(({ name }) => name.length));
  const lines = checks.flatMap(({ name, ok, essential, says, remedy }) => {
    const mark = ok ? 'ok  ' : essential ? 'FAIL' : '-   ';
    const line = `${mark}  ${name.padEnd(width)}  ${says}`;
    return ok || !remedy ? [line] : [line, `${' '.repeat(width + 8)}${remedy}`];
  });
  const verdict = isFit(checks) ? `vouch works here; training uses ${backend}` : 'vouch does not work here';
  return `${[...lines, verdict].join('\n')}\n`;
}
