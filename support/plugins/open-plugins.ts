import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { inError } from '../atomic.js';
import { sha256 } from '../digest.js';
import { VouchError } from '../errors.js';
import { objectHash } from './hash.js';
import { checkPlugin, type Given, type Plugin, type Plugins } from './plugin.js';

/** A plug-in as a caller gives it: the path of a module, or an object that a `define…` function returned. */
export type PluginSource = string | Plugin;

/**
 * Loads the plug-ins that the caller names. A module's exports are its plug-ins; what else it exports is ignored. Only
 * these modules are loaded: no bundle, config or record can name one. Errors: FILE_MISSING, FILE_UNREADABLE,
 * PLUGIN_BAD if a module cannot be loaded or exports no plug-in, BAD_USAGE for an incomplete plug-in or two of one name.
 */
export async function openPlugins(sources: readonly PluginSource[] = []): Promise<Plugins> {
  const all = await Promise.all(
    sources.map((source) => (typeof source === 'string' ? pluginsIn(source) : [givenObject(source)])),
  );
  return distinct(all.flat());
}

/** The same for objects alone, at once. */
export function givenObjects(plugins: readonly Plugin[] = []): Plugins {
  return distinct(plugins.map(givenObject));
}

function givenObject(plugin: Plugin): Given {
  checkPlugin(plugin);
  return { plugin, hash: objectHash(plugin), file: null };
}

async function pluginsIn(path: string): Promise<Given[]> {
  const file = resolve(path);
  const read = () =>
    readFile(file).catch((error: unknown) => {
      throw inError(path, error);
    });
  const hash = sha256(await read());
  const url = pathToFileURL(file);
  url.search = `sha256=${hash}`; // a changed file is another module
  const exported = (await import(/* @vite-ignore */ url.href).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new VouchError('PLUGIN_BAD', `the plug-in cannot be loaded: ${reason}`, { file: path, cause });
  })) as object;
  if (sha256(await read()) !== hash)
    throw new VouchError('PLUGIN_BAD', 'the file of the plug-in changed while it was loaded', { file: path });
  const plugins = new Set(Object.values(exported).flat().filter(isPlugin));
  if (plugins.size === 0) {
    throw new VouchError('PLUGIN_BAD', 'this module exports no plug-in', {
      file: path,
      expected: 'an export made by defineSignal, defineReader, defineLearner, …',
      got: Object.keys(exported),
    });
  }
  return [...plugins].map((plugin) => {
    try {
      return { plugin: checkPlugin(plugin), hash, file };
    } catch (error) {
      throw error instanceof VouchError ? error.at(path) : error;
    }
  });
}

function isPlugin(value: unknown): value is object {
  return typeof value === 'object' && value !== null && 'kind' in value;
}

/** A module that is named twice counts once. Error: BAD_USAGE for two plug-ins of one kind and name. */
function distinct(plugins: Plugins): Plugins {
  const known = new Map<string, Given>();
  for (const given of plugins) {
    const { kind, name } = given.plugin;
    const key = `${kind} ${name}`;
    if ((known.get(key)?.plugin ?? given.plugin) !== given.plugin)
      throw new VouchError('BAD_USAGE', `two ${kind} plug-ins have the same name`, { field: 'plugins', got: name });
    known.set(key, given);
  }
  return [...known.values()];
}
