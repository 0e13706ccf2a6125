import type { AnswerRecord } from '../../data/record.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import type { Scorer } from '../../scorer/scorer.js';

/** Records scored together in the trial, rounds of it, and how much cheaper a record must get for it to be worth the wait. */
const BATCH = 16;
const ROUNDS = 4;
const GAIN = 0.7;

/**
 * Whether records are scored one at a time or together, by trying both on a record: the direct way takes the same time for each,
 * a graph run costs about the same for 16 rows as for one. Costs some milliseconds at opening.
 */
export async function scoreWay(
  scorer: Pick<Scorer, 'score' | 'scoreMany'>,
  record: AnswerRecord,
  now = () => performance.now(),
): Promise<'direct' | 'together'> {
  const records = Array.from({ length: BATCH }, () => record);
  let one = Infinity;
  let many = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    let began = now();
    for (const each of records) await scorer.score(each);
    one = Math.min(one, now() - began);
    began = now();
    await scoreChunk(scorer, records);
    many = Math.min(many, now() - began);
  }
  return many < GAIN * one ? 'together' : 'direct';
}
