import { VouchError } from '../../support/errors.js';
import { checkPlugin, ofKind, type Plugin, type Plugins } from '../../support/plugins/plugin.js';
import type { Exported, ExportFiles } from './export-bundle.js';
import { type Target, targets } from './targets.js';

/** A form of a plug-in in which a bundle can be exported: a `Target`. */
export interface ExporterPlugin extends Plugin, Target {
  kind: 'exporter';
}

export type ExporterInput = Omit<ExporterPlugin, 'kind' | 'does'> & { does?: string };

/**
 * Defines a form for `vouch export --as NAME`: `files` gives the content of each file by its path. Errors: BAD_USAGE
 * with the field.
 */
export function defineExporter(given: ExporterInput): ExporterPlugin {
  return checkExporter({ does: 'A form of a plug-in.', ...given, kind: 'exporter' });
}

function checkExporter(plugin: ExporterPlugin): ExporterPlugin {
  const { name, files } = checkPlugin(plugin) as ExporterPlugin;
  const bad = (field: string, expected: string, got: unknown) =>
    new VouchError('BAD_USAGE', 'this exporter is not complete', { field: `${name}.${field}`, expected, got });
  if (targets.some((target) => target.name === name))
    throw bad('name', 'another name; this one belongs to vouch', name);
  if (typeof files !== 'function') throw bad('files', 'a function', files);
  return plugin;
}

/** All forms: ours, then those of plug-ins, which throw PLUGIN_FAILED. Error: BAD_USAGE for an incomplete one. */
export function targetsWith(plugins: Plugins): readonly Target[] {
  const own = ofKind<ExporterPlugin>(plugins, 'exporter').map(({ plugin }): Target => {
    const { name, does = '' } = checkExporter(plugin);
    return { name, does, files: (exported) => filesOf(plugin, exported) };
  });
  return [...targets, ...own];
}

/** A path below the folder of the form, with `/` between folders. */
const PATH = /^(?:[A-Za-z0-9_][\w.-]*\/)*[A-Za-z0-9_][\w.-]*$/;

async function filesOf(plugin: ExporterPlugin, exported: Exported): Promise<ExportFiles> {
  const failed = (what: string, detail: object) => {
    const by = `the exporter plug-in ${plugin.name} (version ${plugin.version})`;
    return new VouchError('PLUGIN_FAILED', `${by} ${what}`, detail);
  };
  let files: ExportFiles;
  try {
    files = await plugin.files(exported);
  } catch (cause) {
    throw failed(`threw an error: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
  for (const [path, content] of Object.entries(files ?? {})) {
    if (!PATH.test(path)) throw failed('gave a wrong path', { expected: 'a path such as data/model.txt', got: path });
    if (typeof content !== 'string' && !(content instanceof Uint8Array))
      throw failed('gave a file without content', { field: path, expected: 'a text or bytes', got: content });
  }
  if (Object.keys(files ?? {}).length > 0) return files;
  throw failed('gave no files', { expected: 'at least one' });
}
