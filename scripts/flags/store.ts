import type { Command } from 'commander';
import { groups, OTHER } from './groups.js';

/** The flags of commands that work on a store. */
export interface StoreFlags {
  store: string;
  tenant?: string;
}

/** Adds these flags to a command; `tenant` is the help for --tenant. */
export function addStore(command: Command, tenant: string): Command {
  return command
    .optionsGroup(groups.store)
    .requiredOption('--store <place>', 'the store: a SQLite file, or postgres://USER@HOST/DATABASE')
    .option('--tenant <name>', tenant)
    .optionsGroup(OTHER);
}
