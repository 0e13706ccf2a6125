import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** Whether npm has just compiled what is tested: its scripts of this name build first. */
export const isBuilt = /^test(:slow|:systems)?$/.test(process.env.npm_lifecycle_event ?? '');

/**
 * The arguments of `node` that start the command line as a process of its own: the built one where it is new, else the
 * sources by tsx, which take two to four more seconds of CPU time to load.
 */
export const cli = isBuilt
  ? [join(root, 'dist/scripts/vouch.js')]
  : ['--import', 'tsx', join(root, 'scripts/vouch.ts')];
