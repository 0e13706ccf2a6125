import { coded } from '../coded.js';
import type { Feedback, Outcome } from '../feedback/feedback.js';
import type { Store } from '../open.js';
import { catchUp } from '../rollup/catch-up.js';
import { lockChain, saveChain } from './chain.js';
import { type Sender, writeFeedback } from './feedback.js';
import { type ScoredRow, writeScored } from './scored.js';

/** Feedback of one sender. */
export interface Sent extends Sender {
  feedback: readonly Feedback[];
}

/**
 * Adds scored answers, then feedback, to the chain, all in one transaction: after it, everything is on the disk; if it
 * fails, nothing is. Returns what became of each feedback, by sender. Errors: STORE_BAD, STORE_UNAVAILABLE.
 */
export async function write(store: Store, scored: readonly ScoredRow[], sent: readonly Sent[]): Promise<Outcome[][]> {
  try {
    return await store.db.transaction().execute(async (db) => {
      const chain = await lockChain(db);
      const before = chain.seq;
      const linked = await writeScored(db, chain, scored);
      const outcomes: Outcome[][] = [];
      for (const { feedback, ...sender } of sent) {
        const own: Outcome[] = [];
        for (const each of feedback) own.push(await writeFeedback(db, chain, each, sender));
        outcomes.push(own);
      }
      if (chain.seq === before) return outcomes;
      await catchUp(db, chain, linked);
      await saveChain(db, chain);
      return outcomes;
    });
  } catch (error) {
    throw coded(error, store.shown);
  }
}
