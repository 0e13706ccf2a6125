import type { Command } from 'commander';
import { aliasPair, type Naming, withAlias } from '../../data/naming.js';

/** The flags that say how models and tasks are called. */
export interface NamingFlags {
  modelAlias?: Readonly<Record<string, string>>;
  modelName?: string;
  task?: string;
}

/** Adds them to a command. */
export function addNaming(command: Command): Command {
  return command
    .option(
      '--model-alias <name=alias>',
      'another name of a model: gpt-4o-2024-11-20=gpt-4o; repeat for several; those used in training are remembered',
      (pair, all: Readonly<Record<string, string>> = {}) => withAlias(all, aliasPair(pair)),
    )
    .option('--model-name <name>', 'model of answers whose log names none')
    .option('--task <name>', 'task of answers whose log names none');
}

/** What they say; undefined where none is given. */
export function namingOf({ modelAlias, modelName, task }: NamingFlags): Naming | undefined {
  if (modelAlias === undefined && modelName === undefined && task === undefined) return undefined;
  return {
    aliases: modelAlias ?? {},
    ...(modelName === undefined ? {} : { model: modelName }),
    ...(task === undefined ? {} : { task }),
  };
}
