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
      'gpt-4o-2024-11-20=gpt-4o: use the second name for the first; repeat for several; a bundle keeps those of ' +
        'training',
      (pair, all: Readonly<Record<string, string>> = {}) => withAlias(all, aliasPair(pair)),
    )
    .option('--model-name <name>', 'the model of answers whose log names none')
    .option('--task <name>', 'the task of answers whose log names none')
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
