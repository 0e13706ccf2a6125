import type { Open } from '../schema.js';
import type { Chain } from '../write/chain.js';
import { foldAnswers } from './fold.js';
import { foldFeedback } from './fold-feedback.js';
import { relabel } from './relabel.js';

/**
 * Counts all rows of the chain that are not counted yet, at the end of the transaction that wrote them. Rows that an
 * older version of vouch wrote meanwhile, which does not count, are counted too. `linked` has answers that earlier
 * feedback was linked to in this transaction.
 */
export async function catchUp(db: Open, chain: Chain, linked: Iterable<number> = []): Promise<void> {
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
