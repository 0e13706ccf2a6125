import type { ErrorRow } from './row.js';

/** Coded errors of the store and of feedback: a part of the table in `table.ts`. */
export const storeErrors = {
  STORE_BAD: {
    topic: 'store',
    means: 'the store cannot be opened or used',
    remedy: 'Check the path or address; the message says what is wrong ([store](store.md)).',
    exit: 1,
  },
  STORE_UNAVAILABLE: {
    topic: 'store',
    means: 'the store does not answer: it is locked, full or not reachable',
    remedy: 'Try again later. Send feedback again with the same key: whether it was stored or not, it counts once.',
    exit: 1,
    http: 503,
  },
  CHAIN_BROKEN: {
    topic: 'store',
    means: 'a row of the store was changed or removed, or a decision cannot be repeated',
    remedy: 'The output names the rows. Restore a backup and compare it ([store](store.md#what-the-chain-proves)).',
    exit: 1,
  },
  NOT_STORED: {
    topic: 'store',
    means: 'the store has no answer with this id, or its content was deleted',
    remedy: 'Check the id and the tenant. Answers arrive in the store a moment after they were scored.',
    exit: 1,
  },
  BAD_FEEDBACK: {
    topic: 'store',
    means: 'feedback has a missing, wrong or unknown field',
    remedy: 'Correct the field that the message names ([feedback](feedback.md)).',
    exit: 1,
    http: 400,
  },
  NO_FEEDBACK: {
    topic: 'store',
    means: 'the files say of no answer whether it was right',
    remedy:
      'Fill in the column `label` of a queue: 1 right, 0 wrong. An empty file has nothing to store ([feedback](feedback.md)).',
    exit: 1,
  },
  FEEDBACK_CONFLICT: {
    topic: 'store',
    means: 'the key of a feedback was used before for a different feedback',
    remedy: 'Give each feedback a key of its own, or leave keys out.',
    exit: 1,
    http: 409,
  },
  WRONG_TENANT: {
    topic: 'store',
    means: 'feedback is about an answer that belongs to another tenant',
    remedy: 'Send it with a key of the tenant that asked for the score.',
    exit: 1,
    http: 403,
  },
} as const satisfies Record<string, ErrorRow>;
