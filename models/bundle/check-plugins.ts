import { VouchError } from '../../support/errors.js';
import {
  factOf,
  type Given,
  type PluginFact,
  type PluginKind,
  type Plugins,
  pluginWords,
} from '../../support/plugins/plugin.js';
import type { Manifest } from './manifest.js';

/** Kinds that shape the probability. The entries of the others, which only made the data, are for information. */
const needed: readonly PluginKind[] = ['signal', 'learner', 'calibrator'];

/**
 * Checks that the caller gave each plug-in that a bundle needs: the same name, version and hash. Error: BUNDLE_PLUGIN
 * with what is expected and what was given.
 */
export function checkPlugins({ plugins = [] }: Pick<Manifest, 'plugins'>, given: Plugins, dir: string): void {
  for (const fact of plugins) {
    if (!needed.includes(fact.kind)) continue;
    const found = given.find(({ plugin }) => plugin.kind === fact.kind && plugin.name === fact.name);
    const detail = { file: dir, field: 'plugins', expected: pluginWords(fact) };
    if (found === undefined) {
      throw new VouchError('BUNDLE_PLUGIN', 'the bundle needs a plug-in that was not given', {
        ...detail,
        got:
          given.length === 0 ? 'no plug-in' : given.map(({ plugin: { kind, name } }) => `${kind} ${name}`).join(', '),
        hint: 'Give the module that it was trained with: --plugin FILE, or plugins: [FILE].',
      });
    }
    if (found.plugin.version === fact.version && found.hash === fact.hash) continue;
    const from = found.file === null ? 'an object' : found.file;
    throw new VouchError('BUNDLE_PLUGIN', 'the plug-in differs from the one that the bundle was trained with', {
      ...detail,
      hint: `Given was: ${pluginWords(factOf(found))}, from ${from}.`,
    });
  }
}

/** Entries of a manifest for plug-ins, each once, sorted by kind and name. */
export function pluginFacts(used: readonly (Given | PluginFact)[]): Pick<Manifest, 'plugins'> {
  const facts = used.map((each) => ('plugin' in each ? factOf(each) : each));
  const byKey = new Map(facts.map((fact) => [`${fact.kind} ${fact.name}`, fact]));
  if (byKey.size === 0) return {};
  return { plugins: [...byKey].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, fact]) => fact) };
}
