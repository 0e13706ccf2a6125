import { VouchError } from '../../../support/errors.js';
import { plural } from '../../../support/words/plural.js';
import { thousands } from '../../../support/words/thousands.js';
import type { AnswerRecord } from '../../record.js';
import type { Asker } from '../asker.js';
import { type VerifierCounts, verifiable } from './verifier.js';

type Scores = NonNullable<AnswerRecord['verifiers']>;

/**
 * The record's verifiers with the scores that it does not have yet: `NAME`, and `NAME.SCORE` for further ones; {} if
 * there is none to add. A verifier that fails for this answer adds nothing, and is counted. Verifiers are asked before
 * the requests to models that cost money, so that a verifier that is down costs nothing. Errors: AskFailure if a verifier cannot be reached;
 * VERIFIER_FAILED if one has failed for its first `giveUpAfter` answers.
 */
export async function askVerifiers(
  record: AnswerRecord,
  asker: Asker,
  giveUpAfter: number,
): Promise<Pick<AnswerRecord, 'verifiers'>> {
  const scores: Scores = {};
  const shown = verifiable(record);
  for (const verifier of asker.verifiers) {
    const { name } = verifier;
    if (record.verifiers?.[name] != null) continue;
    const verified = await verifier.verify(shown);
    const count = asker.verifierCounts.get(name) ?? { scored: 0, failed: 0, reason: null };
    asker.verifierCounts.set(name, count);
    if ('scores' in verified) {
      count.scored++;
      for (const [own, score] of verified.scores) scores[own === '' ? name : `${name}.${own}`] = score;
      continue;
    }
    count.failed++;
    count.reason ??= verified.failed;
    if (count.scored === 0 && count.failed >= giveUpAfter) {
      const hint = 'Answers that are finished are kept. Correct the verifier and run the same command again.';
      const first = plural(count.failed, 'answer');
      throw new VouchError('VERIFIER_FAILED', `verifier ${name} failed for its first ${first}`, {
        hint: `The first failure: ${count.reason}. ${hint}`,
      });
    }
  }
  return Object.keys(scores).length === 0 ? {} : { verifiers: { ...record.verifiers, ...scores } };
}

/** One sentence per verifier that failed for some answers. */
export function describeVerifiers(counts: VerifierCounts): string[] {
  return [...counts]
    .filter(([, { failed }]) => failed > 0)
    .map(
      ([name, { scored, failed, reason }]) =>
        `verifier ${name} failed for ${thousands(failed)} of ${plural(scored + failed, 'answer')}, which have no score; ` +
        `the first: ${reason}`,
    );
}
