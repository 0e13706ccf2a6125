import { VouchError } from '../../support/errors.js';
import { checkPlugin, ofKind, type Plugin, type Plugins } from '../../support/plugins/plugin.js';
import type { AnswerRecord } from '../record.js';
import type { Labeller } from './labeller.js';
import { labellers } from './list.js';

/** A rule of a plug-in that grades answers: a `Labeller`. */
export interface LabellerPlugin extends Plugin, Labeller {
  kind: 'labeller';
}

/** What the author of a labeller states; the rest has defaults. */
export type LabellerInput = Omit<LabellerPlugin, 'kind' | 'aliases' | 'does' | 'soft'> &
  Partial<Pick<LabellerPlugin, 'aliases' | 'does' | 'soft'>>;

/**
 * Defines a rule that grades an answer: `of` gives 1 for right, 0 for wrong, a share between them, or null if it cannot
 * tell. Its labels have the source `auto:NAME`. Errors: BAD_USAGE with the field.
 */
export function defineLabeller(given: LabellerInput): LabellerPlugin {
  const defaults = { aliases: [], does: 'A rule of a plug-in.', soft: true };
  return checkLabeller({ ...defaults, ...given, kind: 'labeller' });
}

function checkLabeller(plugin: LabellerPlugin): LabellerPlugin {
  const { name, aliases = [], of } = checkPlugin(plugin) as LabellerPlugin;
  const bad = (field: string, expected: string, got: unknown) =>
    new VouchError('BAD_USAGE', 'this labeller is not complete', { field: `${name}.${field}`, expected, got });
  const ours = new Set(labellers.flatMap((each) => [each.name, ...each.aliases]).map((each) => each.toLowerCase()));
  const taken = [name, ...aliases].find((each) => ours.has(each.toLowerCase()));
  if (taken !== undefined) throw bad('name', 'other names; this one belongs to vouch', taken);
  if (typeof of !== 'function') throw bad('of', 'a function', of);
  return plugin;
}

/**
 * The labellers of the given plug-ins, as entries that stand in a list with our own. Their functions throw
 * PLUGIN_FAILED with plug-in and record. Errors: BAD_USAGE for an incomplete labeller.
 */
export function pluginLabellers(plugins: Plugins): readonly Labeller[] {
  return ofKind<LabellerPlugin>(plugins, 'labeller').map(({ plugin }): Labeller => {
    const { name, aliases = [], does = '', soft = true } = checkLabeller(plugin);
    return { name, aliases, does, soft, of: (record) => gradeOf(plugin, record) };
  });
}

function gradeOf(plugin: LabellerPlugin, record: AnswerRecord): number | null {
  let value: unknown;
  try {
    value = plugin.of(record);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw failed(plugin, record, `threw an error: ${reason}`, { cause });
  }
  if (value === null || (typeof value === 'number' && value >= 0 && value <= 1)) return value;
  throw failed(plugin, record, 'gave a value that it may not give', { expected: 'null, or 0 to 1', got: value });
}

function failed({ name, version }: LabellerPlugin, { id }: AnswerRecord, what: string, detail: object): VouchError {
  const field = `record ${id}`;
  return new VouchError('PLUGIN_FAILED', `the labeller plug-in ${name} (version ${version}) ${what}`, {
    field,
    ...detail,
  });
}
