import type { Answer, Logged } from '../../data/token-list.js';
import type { AnswerScore, Score, ScoreOptions, Scorer } from '../scorer.js';

/**
 * Matrix products work in blocks of rows. Rows that do not fill a block are computed in another way, which may change
 * the last digit.
 */
const BLOCK = 16;

/**
 * Scores records in blocks of 16; the last block is filled up with copies. So the numbers of a row do not depend on the
 * rows around it: shards, a resumed run and a single run agree to the last digit.
 */
export async function scoreChunk(
  scorer: Pick<Scorer, 'scoreMany'>,
  records: Answer[],
  options?: ScoreOptions,
): Promise<AnswerScore[]>;
export async function scoreChunk(
  scorer: Pick<Scorer, 'scoreMany'>,
  records: Logged[],
  options?: ScoreOptions,
): Promise<Score[]>;
export async function scoreChunk(
  scorer: Pick<Scorer, 'scoreMany'>,
  records: Logged[],
  options: ScoreOptions = {},
): Promise<Score[]> {
  const n = records.length;
  if (n === 0) return [];
  const filled = Array.from({ length: Math.ceil(n / BLOCK) * BLOCK }, (_, i) => records[Math.min(i, n - 1)]);
  return (await scorer.scoreMany(filled, options)).slice(0, n);
}
