import type { Command } from 'commander';
import { evidence } from '../../library/evidence/evidence.js';
import type { EvidenceResult } from '../../library/evidence/evidence-options.js';
import { plural } from '../../support/words/plural.js';
import { groups, OTHER } from '../flags/groups.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { shownProgress } from '../flags/shown-progress.js';

interface Flags extends PinningFlags, PluginFlags {
  model: string;
  out: string;
  previous?: string;
  store?: string;
  monitor?: string[];
  evaluation?: string[];
  asOf?: string;
  json?: boolean;
  quiet?: boolean;
}

const example = `
Example:
  $ vouch evidence --model runs/mine --out evidence/2026-02

With everything that is known about it:
  $ vouch evidence --model runs/mine --previous runs/older --store answers.db --monitor week1.json week2.json \\
      --evaluation january.json --trusted-keys vouch.pub --out evidence/2026-02
  $ (cd evidence/2026-02 && sha256sum -c SHA256SUMS)`;

/** `vouch evidence`: one folder with what is known about a bundle, for those who approve it. */
export function register(program: Command): void {
  const command = program
    .command('evidence')
    .summary('Collect what is known about a bundle in a dated folder: card, report, audit, mapping to laws.')
    .description(
      'Collects what is known about a bundle in a dated folder with the hash of every file: card, report, manifest, ' +
        'signatures, results of the monitor and of evaluations, the verified log of a store, and which file helps with ' +
        'which paragraph of the EU AI Act, NIST AI RMF and ISO/IEC 42001. It makes no statement of compliance.',
    )
    .requiredOption('--model <dir>', 'the bundle')
    .requiredOption('--out <dir>', 'folder for the evidence; an older one that vouch wrote is replaced')
    .option('--previous <dir>', 'the previous version of the bundle: the card lists what changed')
    .option('--monitor <file...>', 'results of vouch monitor --out')
    .option('--evaluation <file...>', 'results of vouch evaluate --out')
    .option('--as-of <date>', 'date that the folder states, as YYYY-MM-DD; it filters nothing (default: today, UTC)')
    .optionsGroup(groups.store)
    .option(
      '--store <place>',
      'the store, to verify its log and count feedback: a SQLite file, or postgres://USER@HOST/DATABASE',
    )
    .optionsGroup(OTHER);
  addPlugins(addPinning(command))
    .option('--json', 'print the result as JSON')
    .option('--quiet', 'no progress')
    .addHelpText('after', example)
    .action(run);
}

async function run({ json, quiet, ...flags }: Flags): Promise<void> {
  const { model, out, previous, store, monitor, evaluation, asOf, plugin } = flags;
  const result = await evidence({
    ...(await pinningOf(flags)),
    ...{ model, out, previous, store, monitor, evaluation, asOf, plugins: plugin },
    onProgress: shownProgress(Boolean(quiet)),
  });
  process.stdout.write(json ? `${JSON.stringify(result)}\n` : `${lines(result).join('\n')}\n`);
  if (result.broken !== null && result.broken > 0) process.exitCode = 1;
}

function lines({ out, asOf, files, sums, attention }: EvidenceResult): string[] {
  return [
    `${out}: ${plural(files, 'file')}, as of ${asOf}; open index.html`,
    ...attention.map((line) => `look at this: ${line}`),
    `SHA-256 of SHA256SUMS, to keep in another place: ${sums}`,
  ];
}
