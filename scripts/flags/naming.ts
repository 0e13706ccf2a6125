import type { Command } from 'commander';
import { aliasPair, type Naming, withAlias } from '../../data/naming.js';
import { groups, OTHER } from './groups.js';

/** The flags for the names of models and tasks. */
export interface NamingFlags {
  modelAlias?: Readonly<Record<string, string>>;
  modelName?: string;
  task?: string;
}

/** Adds these flags to a command. */
export function addNaming(command: Command): Command {
  return command
    .optionsGroup(groups.names)
    .option(
      '--model-alias <name=alias>',
      'another name of a model: gpt-4o-2024-11-20=gpt-4o; repeat for several; a bundle remembers those of its training',
      (pair, all: Readonly<Record<string, string>> = {}) => withAlias(all, aliasPair(pair)),
    )
    .option('--model-name <name>', 'model of answers whose log does not name one')
    .option('--task <name>', 'task of answers whose log does not name one')
    .optionsGroup(OTHER);
}

/** The values of these flags; undefined if none is given. */
export function namingOf({ modelAlias, modelName, task }: NamingFlags): Naming | undefined {
  if (modelAlias === undefined && modelName === undefined && task === undefined) return undefined;
  return {
    aliases: modelAlias ?? {},
    ...(modelName === undefined ? {} : { model: modelName }),
    ...(task === undefined ? {} : { task }),
  };
}
