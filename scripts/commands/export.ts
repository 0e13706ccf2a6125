import { type Command, Option } from 'commander';
import { isFromPlugin } from '../../features/plugin/signals-of.js';
import { isOld, OLD_BUNDLE } from '../../models/bundle/manifest.js';
import { targetsWith } from '../../models/export/define-exporter.js';
import { type ExportFiles, exportedOf } from '../../models/export/export-bundle.js';
import { targets } from '../../models/export/targets.js';
import { writeExport } from '../../models/export/write-export.js';
import { verifiedBundle } from '../../scorer/verified-bundle.js';
import { VouchError } from '../../support/errors.js';
import { refuseSame } from '../../support/folder/same-place.js';
import { openPlugins } from '../../support/plugins/open-plugins.js';
import { plural } from '../../support/words/plural.js';
import { thousands } from '../../support/words/thousands.js';
import { addPinning, type PinningFlags, pinningOf } from '../flags/pinning.js';
import { addPlugins, type PluginFlags } from '../flags/plugins.js';
import { whole } from '../flags/reading.js';

interface Flags extends PinningFlags, PluginFlags {
  out: string;
  as: string[];
  name: string;
  modelVersion: number;
  storageUri?: string;
  json?: boolean;
}

const names = targets.map(({ name }) => name);

const example = `
Forms:
${targets.map(({ name, does }) => `  ${name.padEnd(14)} ${does}`).join('\n')}

Each form has a folder of its own, with golden rows (inputs and expected outputs) to check it.

Example:
  $ vouch export runs/mine --out exported --as feature-graph,raw-graph
  $ vouch export runs/mine --out exported --as triton,kserve --name answers \\
      --storage-uri s3://models/answers`;

/** `vouch export`: writes a bundle in the forms that other languages and servers read. */
export function register(program: Command): void {
  const command = program
    .command('export')
    .description('Write a bundle for other languages and servers: ONNX graphs, Triton, KServe, MLflow.')
    .argument('<bundle>', 'the bundle that `vouch train` wrote')
    .requiredOption('--out <dir>', 'folder of the export; an older export there is replaced')
    .addOption(
      new Option('--as <forms>', 'forms to write, separated by commas')
        .argParser(formsOf)
        .default(names, names.join(',')),
    )
    .option('--name <name>', 'name of the model in model repositories', nameOf, 'vouch')
    .option(
      '--model-version <n>',
      'version of the model in model repositories',
      whole('--model-version', 'not a valid version', 1),
      1,
    )
    .option('--storage-uri <uri>', 'where the cluster finds the Triton repository (default: pvc://models/NAME)')
    .option('--json', 'print the summary as JSON');
  addPlugins(addPinning(command)).addHelpText('after', example).action(run);
}

async function run(dir: string, flags: Flags): Promise<void> {
  const { out, name, modelVersion, storageUri = `pvc://models/${name}` } = flags;
  await refuseSame(out, { folders: [dir] });
  const plugins = await openPlugins(flags.plugin);
  const all = targetsWith(plugins);
  const forms = checkForms(flags.as, all);
  const bundle = await verifiedBundle(dir, await pinningOf(flags), plugins);
  if (isOld(bundle.manifest)) process.stderr.write(`note: ${OLD_BUNDLE}\n`);
  const exported = exportedOf(bundle, { name, version: modelVersion, storageUri }, plugins);
  const files: ExportFiles = {};
  for (const target of all.filter((each) => forms.includes(each.name))) {
    for (const [path, content] of Object.entries(await target.files(exported)))
      files[`${target.name}/${path}`] = content;
  }
  await writeExport(out, files, { vouch: bundle.manifest.vouch, bundle: bundle.digest, forms, name, modelVersion });
  const { numbers, sources } = exported.plan;
  const given = numbers.map((column) => column.slice(0, column.lastIndexOf('@')));
  const computed = sources.filter(({ kind }) => kind !== 'number').length;
  if (flags.json) {
    const summary = { out, forms, files: Object.keys(files), signals: sources.length, computed, numbers: given };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return;
  }
  const lines = [
    `${forms.join(', ')}: ${plural(Object.keys(files).length, 'file')} in ${out}`,
    `The raw-signal graph computes ${computed} of ${plural(sources.length, 'signal')} ` +
      `and takes ${plural(given.length, 'number')} as input${notesOf(given)}`,
  ];
  process.stdout.write(`${lines.join('\n')}\n`);
}

/** What users should know about the numbers that the raw-signal graph takes as input. */
function notesOf(given: string[]): string {
  const own = given.filter(isFromPlugin);
  const ofText = given.filter((name) => !isFromPlugin(name) && !/^(stated|verifiers|features)(\.|$)/.test(name));
  const texts =
    ofText.length === 0
      ? ''
      : `; vouch computes ${thousands(ofText.length)} of them from texts and samples (none if trained with --signals numbers)`;
  if (own.length === 0) return `${texts}.`;
  return `${texts}. Callers of both graphs must compute the signals of plug-ins themselves: ${own.join(', ')}.`;
}

function formsOf(text: string): string[] {
  return text.split(',').map((form) => form.trim());
}

function checkForms(forms: string[], all: readonly { name: string }[]): string[] {
  const known = all.map(({ name }) => name);
  const unknown = forms.find((form) => !known.includes(form));
  if (unknown === undefined) return forms;
  throw new VouchError('BAD_USAGE', 'unknown form', { field: '--as', expected: known.join(', '), got: unknown });
}

function nameOf(text: string): string {
  if (/^[A-Za-z][\w-]*$/.test(text)) return text;
  throw new VouchError('BAD_USAGE', 'not a valid name for a model', {
    field: '--name',
    expected: 'letters, digits, - and _',
    got: text,
  });
}
