import type { ErrorRow } from './row.js';

/** Coded errors of policies: a part of the table in `table.ts`. */
export const policyErrors = {
  SELECTED_LOG: {
    topic: 'training',
    means: 'a log for `vouch policy train` has stages that were bought because of an earlier score',
    remedy:
      'Log every stage for a random share of the questions, or record the chance of buying with each first answer ' +
      '([policies](policy.md)).',
    exit: 1,
  },
} as const satisfies Record<string, ErrorRow>;
