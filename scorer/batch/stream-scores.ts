import { type AnswerSource, pathsOf, recordsOf } from '../../data/read/answer-source.js';
import type { ReadOptions } from '../../data/read/answers.js';
import { requestsAmong } from '../../data/read/requests.js';
import { checkFormat } from '../../data/read/rows.js';
import type { Score, Scorer } from '../scorer.js';
import { BlockScorer } from './block-scorer.js';
import { BLOCK_ROWS, blocksOf } from './blocks.js';
import type { BadRow } from './out/bad-row.js';
import type { Trace } from './out/trace.js';
import { recordBlocks } from './record-blocks.js';
import { START } from './resume/place.js';
import { WHOLE } from './shard.js';
import { stoppable } from './stoppable.js';

export interface StreamJob {
  read: ReadOptions;
  /** The most reasons a row gets; none where absent. */
  reasons?: number;
  selected?: boolean;
  /** Where the scores come from, if each row is to say so. */
  trace?: Trace;
  signal?: AbortSignal;
  /** Is told of each bad line that is skipped. */
  onBadLine?(line: BadRow): void;
  /** Is told how many rows were scored. */
  onRows?(rows: number): void;
}

/**
 * The scores of answers in their order, as `vouch score` gives them, with flat memory. Records that arrive one by one
 * are scored one by one. Errors: those of reading, also of a bad line unless such are skipped; INTERRUPTED.
 */
export async function* streamScores(scorer: Scorer, answers: AnswerSource, job: StreamJob): AsyncGenerator<Score> {
  const { read, reasons, selected, trace, signal, onBadLine, onRows } = job;
  const { badLines = 'stop', format, map, mostLine, naming, readers } = read;
  checkFormat(format, readers);
  const files = pathsOf(answers);
  const { answers: paths, requests } = await requestsAmong(files ?? [], format);
  const records = recordsOf(answers);
  const blocks =
    files === null
      ? recordBlocks(records, { badLines, together: Symbol.asyncIterator in records ? 1 : BLOCK_ROWS })
      : blocksOf(paths, { format, map, mostLine, badLines, context: { requests, readers }, shard: WHOLE, from: START });
  const rows = new BlockScorer(
    scorer,
    { part: (scores) => scores },
    {
      ...{ badLines, requests, readers, reasons, naming, selected },
    },
  );
  for await (const block of signal === undefined ? blocks : stoppable(blocks, signal)) {
    const { part, bad } = await rows.score(block);
    for (const line of bad) onBadLine?.(line);
    onRows?.(part.length);
    for (const row of part as Score[]) yield trace === undefined ? row : { ...row, ...trace };
  }
}
