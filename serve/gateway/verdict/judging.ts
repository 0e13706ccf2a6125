import type { Logged } from '../../../data/token-list.js';
import type { Score } from '../../../scorer/scorer.js';
import type { Live } from '../../bundle/live.js';
import type { StoredRow } from '../../store/stored-row.js';
import type { Limits } from './limits.js';

/** What judging an answer needs: the bundle, the limits, and the counters and logs. */
export interface Judge {
  live: Pick<Live, 'take' | 'give'>;
  task: string | null;
  limits: Limits;
  scored(record: Logged, score: Score, row?: StoredRow | null): void;
  /** Gets the failures of the scorer. */
  failed(error: unknown): void;
  /** Whether `scored` needs the record. */
  logRecords?: boolean;
}
