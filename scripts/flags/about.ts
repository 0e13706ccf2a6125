import type { Command } from 'commander';
import { groups } from './groups.js';

/** The flags that say what a bundle is; the card shows them. */
export interface AboutFlags {
  owner?: string;
  contact?: string;
  intendedUse?: string;
  bundleVersion?: string;
}

/** Adds these flags to a command. `kept`: what an adapted bundle takes over from its source. */
export function addAbout(command: Command, kept = ''): Command {
  return command
    .optionsGroup(groups.card)
    .option('--owner <name>', `for the card: who is responsible for the bundle${kept}`)
    .option('--contact <text>', `for the card: whom to ask about the bundle, for example an address${kept}`)
    .option('--intended-use <text>', 'for the card: what the bundle is meant for')
    .option('--bundle-version <version>', 'for the card: the version of the bundle');
}

/** The values of these flags. */
export function aboutFrom({ owner, contact, intendedUse, bundleVersion }: AboutFlags): AboutFlags {
  return { owner, contact, intendedUse, bundleVersion };
}
