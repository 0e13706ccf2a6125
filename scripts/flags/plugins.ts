import type { Command } from 'commander';
import { groups, OTHER } from './groups.js';

/** The flag of every command that uses plug-ins. */
export interface PluginFlags {
  plugin?: string[];
}

/** Adds this flag to a command. */
export function addPlugins(command: Command): Command {
  return command
    .optionsGroup(groups.plugins)
    .option(
      '--plugin <file>',
      'a module with plug-ins, such as ./mine.mjs; repeat for several (docs/plugins.md)',
      (file: string, before: string[] = []) => [...before, file],
    )
    .optionsGroup(OTHER);
}
