import { type BadLine, type Batch, type ReadOptions, readAnswers } from '../../data/read/answers.js';
import type { AnswerRecord } from '../../data/record.js';
import { VouchError } from '../../support/errors.js';
import { inShard, type Shard } from './shard.js';

/** Up to where the input has been taken: the last row taken, and how many there were. */
export interface Place {
  /** Rows taken in all, bad lines and other shards' rows counted. */
  seen: number;
  /** The last row: its file (from 0), its line there, its id (null: a bad line). */
  file: number;
  line: number;
  id: string | null;
}

export const START: Place = { seen: 0, file: 0, line: 0, id: null };

/** Rows to score together, in input order, and the bad lines met on the way. */
export interface Chunk {
  records: AnswerRecord[];
  bad: BadLine[];
  /** Where the input stands after this chunk. */
  place: Place;
  /** Bytes of all files taken so far, as they lie on disk. */
  bytes: number;
}

/**
 * The shard's rows in chunks of `size`: a chunk ends with its last row or bad line, so that chunks depend on the rows alone
 * and not on how the reader got them. Starts after `from`, whose row must be there again. Memory: one chunk, one batch.
 * Errors: those of reading; RESUME_MISMATCH where the input isn't the one that `from` was taken in.
 */
export async function* chunksOf(
  files: string[],
  read: ReadOptions,
  shard: Shard,
  size: number,
  from: Place,
): AsyncGenerator<Chunk> {
  let place = from;
  let found = from.seen === 0;
  let bytes = 0;
  let next: Chunk = { records: [], bad: [], place, bytes };
  for await (const row of rowsOf(readAnswers(files, read))) {
    bytes = row.bytes;
    const id = row.record?.id ?? null;
    if (!found) {
      if (row.file < from.file || (row.file === from.file && row.line < from.line)) continue;
      if (row.file !== from.file || row.line !== from.line || id !== from.id) throw otherInput(from, id);
      found = true;
      continue;
    }
    if (inShard(shard, place.seen)) {
      if (row.record !== undefined) next.records.push(row.record);
      if (row.bad !== undefined) next.bad.push(row.bad);
    }
    place = { seen: place.seen + 1, file: row.file, line: row.line, id };
    if (next.records.length < size && next.bad.length < size) continue;
    yield { ...next, place, bytes };
    next = { records: [], bad: [], place, bytes };
  }
  if (!found) throw otherInput(from, undefined);
  if (place.seen > next.place.seen) yield { ...next, place, bytes };
}

interface Row {
  record?: AnswerRecord;
  bad?: BadLine;
  file: number;
  line: number;
  bytes: number;
}

/** Records and bad lines as the files have them. Files are numbered as they come; one given twice counts twice. */
async function* rowsOf(batches: AsyncIterable<Batch>): AsyncGenerator<Row> {
  let file = -1;
  let name: string | undefined;
  let last = 0;
  for await (const batch of batches) {
    for (const row of inOrder(batch)) {
      if (batch.file !== name || row.line <= last) file++;
      name = batch.file;
      last = row.line;
      yield { ...row, file, bytes: batch.bytes };
    }
  }
}

function* inOrder({ records, lines, bad }: Batch): Generator<{ record?: AnswerRecord; bad?: BadLine; line: number }> {
  let b = 0;
  for (let r = 0; r < records.length; r++) {
    for (; b < bad.length && bad[b].line < lines[r]; b++) yield { bad: bad[b], line: bad[b].line };
    yield { record: records[r], line: lines[r] };
  }
  for (; b < bad.length; b++) yield { bad: bad[b], line: bad[b].line };
}

function otherInput(from: Place, id: string | null | undefined): VouchError {
  return new VouchError('RESUME_MISMATCH', 'this is not the input that was scored before', {
    line: from.line,
    field: 'id',
    expected: from.id ?? 'a bad line',
    got: id ?? undefined,
    hint: 'Run without --resume to begin anew.',
  });
}
