import type { Answer, Logged } from '../../data/token-list.js';
import type { AnswerScore, Score, ScoreOptions, Scorer } from '../scorer.js';

/** Matrix products work in blocks of rows; what is left over takes another path, whose last digit may differ. */
const BLOCK = 16;

/**
 * Scores records in blocks of 16, the last one filled up with copies, so that a row's number doesn't depend on which rows it
 * came with: shards, a run gone on with and the whole agree to the last digit.
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
