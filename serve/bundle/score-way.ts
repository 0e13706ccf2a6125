import type { AnswerRecord } from '../../data/record.js';
import { scoreChunk } from '../../scorer/batch/score-chunk.js';
import type { Scorer } from '../../scorer/scorer.js';

/**
 * The trial: records scored together, number of rounds, and how much cheaper a record must become to justify waiting.
 */
const BATCH = 16;
const ROUNDS = 4;
const GAIN = 0.7;

/**
 * Whether to score records one at a time or together. A trial on one record decides: the direct scorer takes the same
 * time for each record, but the graph takes about as long for 16 rows as for one. Cost: some milliseconds when a bundle
 * is opened.
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
