import type { ErrorRow } from './row.js';

/** Coded errors of policies: a part of the table in `table.ts`. */
export const policyErrors = {
  SELECTED_LOG: {
    topic: 'training',
    means: 'an earlier score decided which answers a log has, so a promise from it would hold for no others',
    remedy:
      '`vouch policy train`: log every stage for a random share of the questions, or record the chance of buying with ' +
      'each first answer ([policies](policy.md)). `vouch choose`: give all answers to each prompt ([best of n](best-of.md)).',
    exit: 1,
  },
} as const satisfies Record<string, ErrorRow>;
