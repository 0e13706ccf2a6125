import type { Open } from '../schema.js';
import type { Chain } from '../write/chain.js';
import { foldAnswers } from './fold.js';
import { foldBought } from './fold-bought.js';
import { foldFeedback } from './fold-feedback.js';
import { relabel } from './relabel.js';

/**
 * Counts all rows of the chain that are not counted yet, at the end of the transaction that wrote them. Rows that an
 * older version of vouch wrote meanwhile, which does not count, are counted too. `linked` has answers that earlier
 * feedback was linked to in this transaction.
 */
export async function catchUp(db: Open, chain: Chain, linked: Iterable<number> = []): Promise<void> {
  await countBought(db, chain);
  await countRows(db, chain, linked);
}

/** Counts what policies bought for rows that are not counted yet. */
export async function countBought(db: Open, chain: Pick<Chain, 'seq' | 'bought'>): Promise<void> {
  if (chain.bought >= chain.seq) return;
  await foldBought(db, { after: chain.bought, to: chain.seq, sign: 1 });
  chain.bought = chain.seq;
}

/** Counts rows that are not counted yet, and labels. */
export async function countRows(
  db: Open,
  chain: Pick<Chain, 'seq' | 'rolled'>,
  linked: Iterable<number> = [],
): Promise<void> {
  const answers = new Set(linked);
  if (chain.rolled < chain.seq) {
    const part = { after: chain.rolled, to: chain.seq, sign: 1 } as const;
    await foldAnswers(db, part);
    const said = await db
      .selectFrom('vouch_feedback')
      .select(['scored', 'label'])
      .where('seq', '>', part.after)
      .where('seq', '<=', part.to)
      .execute();
    if (said.length > 0) await foldFeedback(db, part);
    for (const { scored, label } of said) if (scored !== null && label !== null) answers.add(scored);
    chain.rolled = chain.seq;
  }
  await relabel(db, answers);
}
