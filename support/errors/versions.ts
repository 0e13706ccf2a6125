import type { ErrorRow } from './row.js';

/** Coded errors of folders of versions: a part of the table in `table.ts`. */
export const versionErrors = {
  VERSIONS_BAD: {
    topic: 'bundle',
    means: 'a folder of versions does not fit its lineage, or its lineage cannot be read',
    remedy:
      'The message says what does not fit. `vouch versions list DIR` shows what is there ([recalibrate](recalibrate.md)).',
    exit: 1,
  },
  NO_VERSION: {
    topic: 'bundle',
    means: 'there is no version with this number, or none to go back to',
    remedy: 'Take a number that `vouch versions list DIR` shows.',
    exit: 1,
  },
} as const satisfies Record<string, ErrorRow>;
