import { VouchError } from '../support/errors.js';
import type { Logged } from './token-list.js';

/** Names of models and tasks: aliases for models, and names for answers whose log gives none. */
export interface Naming {
  /** Name in the logs → name to use: `{ 'gpt-4o-2024-11-20': 'gpt-4o' }`. */
  aliases: Readonly<Record<string, string>>;
  model?: string;
  task?: string;
}

/**
 * Sets model and task of an answer in place: the default names if it has none, then the alias of its model. The models
 * of its samples get their aliases too, so that samples of the answer's own model are still recognised.
 */
export function nameRecord(record: Logged, { aliases, model, task }: Naming): void {
  if (model !== undefined && (record.model == null || record.model === '')) record.model = model;
  if (task !== undefined && (record.task == null || record.task === '')) record.task = task;
  if (record.model != null) record.model = aliasOf(record.model, aliases);
  for (const sample of record.samples ?? []) {
    if (sample.model != null) sample.model = aliasOf(sample.model, aliases);
  }
}

/** Whether a naming changes anything. */
export function isNaming({ aliases, model, task }: Naming): boolean {
  return model !== undefined || task !== undefined || Object.keys(aliases).length > 0;
}

/**
 * The naming of a run added to the one that a bundle was trained with. Aliases of the run come before those of the
 * bundle.
 */
export function namingOn(trained: Pick<Naming, 'aliases'> | null | undefined, own: Naming | undefined): Naming {
  return { ...own, aliases: checkAliases({ ...trained?.aliases, ...own?.aliases }) };
}

/** Reads `NAME=ALIAS`. Error: BAD_USAGE. */
export function aliasPair(text: string): [name: string, alias: string] {
  const cut = text.lastIndexOf('=');
  const pair: [string, string] = [text.slice(0, cut).trim(), text.slice(cut + 1).trim()];
  const isSeveral = /=.*,.*=/.test(text);
  if (cut > 0 && pair[0] !== '' && pair[1] !== '' && !isSeveral) return pair;
  throw new VouchError('BAD_USAGE', 'cannot read --model-alias', {
    field: '--model-alias',
    expected: 'NAME_IN_LOGS=NAME, such as gpt-4o-2024-11-20=gpt-4o',
    got: text,
    ...(isSeveral ? { hint: 'Repeat --model-alias for each name.' } : {}),
  });
}

/** Adds an alias. Error: BAD_USAGE if the name has another alias already, or if aliases form a circle. */
export function withAlias(aliases: Readonly<Record<string, string>>, [name, alias]: [string, string]) {
  const held = Object.hasOwn(aliases, name) ? aliases[name] : undefined;
  if (held !== undefined && held !== alias) {
    throw new VouchError('BAD_USAGE', `the model "${name}" has two aliases`, {
      field: '--model-alias',
      got: `${held} and ${alias}`,
    });
  }
  return checkAliases({ ...aliases, [name]: alias });
}

/** Follows aliases of aliases to the end. */
function aliasOf(name: string, aliases: Readonly<Record<string, string>>): string {
  let at = name;
  while (Object.hasOwn(aliases, at) && aliases[at] !== at) at = aliases[at];
  return at;
}

function checkAliases<T extends Readonly<Record<string, string>>>(aliases: T): T {
  for (const start of Object.keys(aliases)) {
    const seen = new Set([start]);
    for (let at = start; Object.hasOwn(aliases, at) && aliases[at] !== at; ) {
      at = aliases[at];
      if (seen.has(at)) {
        throw new VouchError('BAD_USAGE', 'model aliases go in a circle', {
          field: 'naming.aliases',
          got: [...seen, at],
        });
      }
      seen.add(at);
    }
  }
  return aliases;
}
