import type { FeedbackFacts } from '../../report/card/later.js';
import type { EvidenceFacts } from '../../report/evidence/index-html.js';
import { verifyChain } from '../../store/chain/verify.js';
import { drawAnswers, rowsOfBundle } from '../../store/read/of-bundle.js';
import { openExisting } from '../../store/ready.js';
import { random } from '../../support/random.js';
import { type ProgressEvent, reportedProgress } from '../../support/reported-progress.js';
import { SAMPLE } from './evidence-options.js';

/** What a store gives to an evidence folder. */
export interface StoreEvidence {
  files: Record<string, string>;
  feedback: FeedbackFacts;
  index: NonNullable<EvidenceFacts['store']>;
}

/**
 * Verifies the chain of a store, counts what it has of a bundle, and draws a sample of its decisions. The end of the
 * chain seeds the draw, so nobody can choose the sample without changing the chain. Errors: those of opening a store.
 */
export async function storeEvidence(
  place: string,
  digest: string,
  onProgress?: (event: ProgressEvent) => void,
): Promise<StoreEvidence> {
  const store = await openExisting(place);
  const shown = onProgress === undefined ? null : reportedProgress(onProgress)('verify', { unit: 'rows' });
  try {
    const verified = await verifyChain(store, { progress: (done, total) => shown?.set(done, total) });
    const { head, rows, redacted, first, findings } = verified;
    const { feedback: kinds, ...counts } = await rowsOfBundle(store, digest, head.seq);
    const of = { bundle: digest, through: head.seq, size: SAMPLE };
    const drawn = await drawAnswers(store, of, random(`${digest}/${head.hash}`));
    const feedback: FeedbackFacts = { ...counts, kinds };
    return {
      files: {
        'store/audit.json': `${JSON.stringify(verified, null, 1)}\n`,
        'store/feedback.json': `${JSON.stringify(feedback, null, 1)}\n`,
        'store/decisions.jsonl': drawn.map(({ seq, id }) => `${JSON.stringify({ row: seq, id })}\n`).join(''),
      },
      feedback,
      index: { rows, redacted, first, head, findings, answers: counts.answers, drawn: drawn.length },
    };
  } finally {
    shown?.done();
    await store.close();
  }
}
