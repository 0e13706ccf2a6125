import type { Answer } from '../../data/token-list.js';
import { VouchError } from '../../support/errors.js';
import { type Given, ofKind, type Plugins } from '../../support/plugins/plugin.js';
import type { Feature, Need } from '../feature.js';
import type { PatternGroup } from '../pattern.js';
import type { View } from '../view.js';
import { checkSignal } from './define-signal.js';
import type { SignalPlugin } from './signal-plugin.js';
import { signalViewOf } from './signal-view.js';

/** The group of a pattern that a need belongs to. */
const groups: Partial<Record<Need, PatternGroup>> = {
  tokens: 'logprobs',
  'tokens.top': 'logprobs',
  choices: 'logprobs',
  samples: 'samples',
  otherModels: 'others',
  stated: 'verifiers',
  verifiers: 'verifiers',
  embeddings: 'encoder',
  similarities: 'encoder',
  entailments: 'encoder',
};

/** The name of a plug-in's column: `plugin.NAME`, or `plugin.GROUP.NAME` outside the group `free`. */
function columnOf({ name, needs }: Pick<SignalPlugin, 'name' | 'needs'>): string {
  const group = groups[needs];
  return group === undefined ? `plugin.${name}` : `plugin.${group}.${name}`;
}

/** Whether a column, with or without version, is a signal of a plug-in. */
export function isFromPlugin(column: string): boolean {
  return column.startsWith('plugin.');
}

/**
 * The signals of the given plug-ins, as entries that stand in a list with our own: named by their column, and with a
 * function that checks each value. Errors: BAD_USAGE for an incomplete signal. Their functions throw PLUGIN_FAILED with
 * plug-in and record.
 */
export function pluginSignals(plugins: Plugins): readonly Feature[] {
  return ofKind<SignalPlugin>(plugins, 'signal').map(({ plugin }) => {
    const { kind: _, ...signal } = checkSignal(plugin);
    return { ...signal, name: columnOf(plugin), of: (view: View) => checkedValue(plugin, view) };
  });
}

/** The plug-ins behind the columns of a schema. */
export function usedSignals(plugins: Plugins, numeric: readonly string[]): readonly Given[] {
  const columns = new Set(numeric);
  return ofKind<SignalPlugin>(plugins, 'signal').filter(({ plugin }) =>
    columns.has(`${columnOf(plugin)}@${plugin.version}`),
  );
}

function checkedValue(plugin: SignalPlugin, view: View): number {
  let value: unknown;
  try {
    value = plugin.of(signalViewOf(view));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failed(plugin, view, `threw an error: ${reason}`, { cause });
  }
  if (value === null) return NaN;
  const [least, greatest] = plugin.range;
  if (typeof value === 'number' && value >= least && value <= greatest) return value;
  const expected = `null, or a number from ${least} to ${greatest}`;
  throw failed(plugin, view, 'gave a value that it may not give', { expected, got: value });
}

function failed({ name, version }: SignalPlugin, view: View, what: string, detail: object): VouchError {
  const { id = 'without id' } = view.record as Partial<Answer>;
  return new VouchError('PLUGIN_FAILED', `the signal plug-in ${name} (version ${version}) ${what}`, {
    field: `record ${id}`,
    ...detail,
  });
}
