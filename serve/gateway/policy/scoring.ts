import type { AnswerRecord } from '../../../data/record.js';
import type { Logged } from '../../../data/token-list.js';
import type { AnswerScore } from '../../../scorer/scorer.js';
import type { Loaded } from '../../bundle/loaded.js';
import type { StoredRow } from '../../store/stored-row.js';
import { LONG } from '../../thread/long.js';
import { SECONDS } from '../verdict/judge-aside.js';
import type { Judge } from '../verdict/judging.js';
import { bytesOf, sentOf } from './arrived.js';

/** A score from a thread, as it is counted, logged and stored. */
interface Aside {
  record: Logged;
  row: StoredRow | null | undefined;
}

/** Scores the answers of one request. */
interface Scoring {
  score(records: AnswerRecord[]): Promise<AnswerScore[]>;
  /** What a thread said with a score; undefined if the score was made on the event loop. */
  asideOf(score: AnswerScore): Aside | undefined;
}

/**
 * Scores answers on the event loop, or in a thread if they are long together with their samples. Errors: those of the
 * scorer; TIMED_OUT, TOO_LARGE, those of a thread.
 */
export function scoringWith(
  loaded: Pick<Loaded, 'score' | 'side'>,
  { judge, signal }: { judge: Pick<Judge, 'failed' | 'logRecords'>; signal: AbortSignal },
): Scoring {
  const { failed, logRecords = false } = judge;
  const asides = new WeakMap<AnswerScore, Aside>();
  return {
    score: async (records) => {
      if (bytesOf(records) <= LONG) {
        return Promise.all(records.map((each) => loaded.score(each) as Promise<AnswerScore>));
      }
      const scores: AnswerScore[] = [];
      const scored: Judge['scored'] = (record, score, row) => {
        asides.set(score as AnswerScore, { record, row });
        scores.push(score as AnswerScore);
      };
      await loaded.side.run(
        { kind: 'records', ...(await sentOf(records)), options: { logRecords } },
        { seconds: SECONDS, gone: () => signal.aborted, listener: { ran: () => {}, scored, failed } },
      );
      return scores;
    },
    asideOf: (score) => asides.get(score),
  };
}
