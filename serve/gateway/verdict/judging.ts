import type { AnswerRecord } from '../../../data/record.js';
import type { Score } from '../../../scorer/scorer.js';
import type { Live } from '../../bundle/live.js';
import type { Limits } from './limits.js';

/** What judging an answer needs: the bundle, the limits, and the counters and logs. */
export interface Judge {
  live: Pick<Live, 'take' | 'give'>;
  task: string | null;
  limits: Limits;
  scored(record: AnswerRecord, score: Score): void;
  /** Gets the failures of the scorer. */
  failed(error: unknown): void;
  /** Whether `scored` needs the record. */
  logRecords?: boolean;
}
