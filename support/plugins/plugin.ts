import { VouchError } from '../errors.js';

/** What a plug-in can add. */
export const pluginKinds = ['signal', 'reader', 'labeller', 'calibrator', 'learner', 'exporter'] as const;
export type PluginKind = (typeof pluginKinds)[number];

/** What all plug-ins state. `version` is a whole number; raise it whenever the results change. */
export interface Plugin {
  kind: PluginKind;
  name: string;
  version: number;
}

/** What the manifest records of a plug-in: `hash` is a SHA-256 in hex (see `hash.ts`). */
export interface PluginFact extends Plugin {
  hash: string;
}

/** A plug-in that the caller gave, with its origin: the path of its module, or null for an object. */
export interface Given<P extends Plugin = Plugin> {
  plugin: P;
  hash: string;
  file: string | null;
}

/** All plug-ins of a run. */
export type Plugins = readonly Given[];

/** Letters, digits and hyphens in parts separated by dots: `acme.digits`, `acme-log`. */
const NAME = /^[a-z][A-Za-z0-9-]*(\.[a-z][A-Za-z0-9-]*)*$/;

/** Checks what all plug-ins state. Error: BAD_USAGE with the field. */
export function checkPlugin(plugin: object): Plugin {
  const { kind, name, version } = plugin as Partial<Plugin>;
  const bad = (field: string, expected: string, got: unknown) =>
    new VouchError('BAD_USAGE', 'this plug-in is not complete', { field, expected, got });
  if (!pluginKinds.some((known) => known === kind)) throw bad('kind', pluginKinds.join(', '), kind);
  if (typeof name !== 'string' || !NAME.test(name)) throw bad('name', 'a name such as acme.digits', name);
  if (!Number.isInteger(version) || (version as number) < 1)
    throw bad(`${name}.version`, 'a whole number, 1 or more', version);
  return plugin as Plugin;
}

/** The plug-ins of one kind. */
export function ofKind<P extends Plugin>(plugins: Plugins, kind: P['kind']): readonly Given<P>[] {
  return plugins.filter(({ plugin }) => plugin.kind === kind) as unknown as readonly Given<P>[];
}

/**
 * The modules of plug-ins, for another thread to load. Null if one of them is an object, because a function cannot be
 * sent to a thread.
 */
export function modulesOf(plugins: Plugins): string[] | null {
  const files = new Set<string>();
  for (const { file } of plugins) {
    if (file === null) return null;
    files.add(file);
  }
  return [...files];
}

/** What a manifest records. */
export function factOf({ plugin: { kind, name, version }, hash }: Given): PluginFact {
  return { kind, name, version, hash };
}

/** A plug-in as messages name it: `signal plug-in acme.digits (version 1, SHA-256 …)`. */
export function pluginWords({ kind, name, version, hash }: PluginFact): string {
  return `${kind} plug-in ${name} (version ${version}, SHA-256 ${hash})`;
}
