import { addCount } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import { packedTokens } from '../duck/token-block.js';
import { openLabelling } from '../grades/labelling.js';
import { isReadByRule, type LabelRules } from '../grades/rules.js';
import { isMadeId } from '../made-id.js';
import { isNaming, type Naming, nameRecord } from '../naming.js';
import type { AnswerRecord, LoggedRecord } from '../record.js';
import { unreadRows } from '../scan/unread-rows.js';
import { type Answer, isAnswer, type Logged } from '../token-list.js';
import { type AnswerSource, IN_MEMORY, pathsOf, recordsOf } from './answer-source.js';
import { CANONICAL, CANONICAL_WHY } from './formats/detect.js';
import type { Context, LogFormat } from './formats/log-format.js';
import type { ColumnMap } from './map/map.js';
import { recordRows } from './record-rows.js';
import { requestsAmong } from './requests.js';
import type { BadLine } from './row.js';
import type { RowSink } from './row-sink.js';
import { checkFormat } from './rows.js';
import { count, countFormat, countUnanswered, newSummary, type ReadSummary } from './summary.js';

export type { BadLine } from './row.js';

export interface ReadOptions {
  /** One of `formatNames`. Without it, the format of each file is detected from its content. */
  format?: string;
  /** Which columns (or paths) of foreign files hold which fields. */
  map?: ColumnMap;
  /** What to do with a bad line: throw (the default), or put it into `Batch.bad`. */
  badLines?: 'stop' | 'skip';
  /** File of grades, and the field that joins them to the answers: `id`, or ANSWER_FIELD=GRADE_COLUMN. */
  labels?: string;
  on?: string;
  /** What the user says about labels: where they are, what they mean, who gave them. */
  labelRules?: LabelRules;
  /** How names of models and tasks are normalised. */
  naming?: Naming;
  /** Field that names the question. Here it is only checked; `groupOf` uses it. */
  groupBy?: string;
  /** Merges groups of `groupBy` whose questions are nearly the same. */
  mergeNear?: boolean;
  /** Maximum bytes of a line of JSON Lines or a row of CSV (default 64 MiB). Longer ones are bad lines. */
  mostLine?: number;
  /** Reading ends after this many good records. */
  maxRows?: number;
  /** The readers of plug-ins. */
  readers?: readonly LogFormat[];
  /**
   * Adds fields to the records of a batch: a text model reads them before signals are computed (meaning/). Gives
   * as many records in the same order.
   */
  annotate?: <R extends Logged>(records: readonly R[]) => Promise<R[]>;
  /** Counts that are filled while reading. */
  summary?: ReadSummary;
}

/** Some records of one file, in order, and the bad lines between them. */
export interface Batch<R = AnswerRecord> {
  records: R[];
  /** lines[i] is the number of the line (Parquet: row) of records[i]. */
  lines: number[];
  bad: BadLine[];
  file: string;
  /** Bytes read so far, over all files, as stored on disk. */
  bytes: number;
}

/**
 * A batch ends at this many rows, or earlier at this many characters. Keeping hundreds of rows of 25 kB cost 40% of the
 * time in garbage collection; keeping 16 cost nothing.
 */
const ROWS = 256;
const LEAST_ROWS = 16;
const CHARACTERS = 2 ** 19;

/**
 * Reads the answers of files in any format, or records in memory, as checked records, in order. Grades are joined if
 * `labels` names a file. Records without an answer (`answer: null`) are left out and counted. `-` is standard input.
 * Memory: one batch, one chunk, the grades. Errors: those of the formats and of `checkRecord`, with file, line and
 * field. The first one is thrown unless bad lines are skipped. A file that cannot be read, or whose format cannot be
 * detected, always throws.
 */
export function readAnswers(source: AnswerSource, options: ReadOptions): AsyncGenerator<Batch> {
  // tokens are arrays unless they are packed
  return read(source, options, { packed: false, keep: isAnswer }) as AsyncGenerator<Batch>;
}

/**
 * The same as `readAnswers`, several times as fast. Tokens may be packed as numbers: they serve to compute signals, and
 * are valid only until the next batch.
 */
export function readPacked(source: AnswerSource, options: ReadOptions): AsyncGenerator<Batch<Answer>> {
  return read(source, options, { packed: true, keep: isAnswer }) as AsyncGenerator<Batch<Answer>>;
}

/**
 * The log as it is: the same as `readAnswers`, but with the records that have no answer, and with several scores of one
 * answer kept apart.
 */
export function readLogged(source: AnswerSource, options: ReadOptions): AsyncGenerator<Batch<LoggedRecord>> {
  const kept: ReadOptions = { ...options, labelRules: { several: 'keep', ...options.labelRules } };
  return read(source, kept, { packed: false, keep: () => true }) as AsyncGenerator<Batch<LoggedRecord>>;
}

interface How {
  packed: boolean;
  keep(record: Logged): boolean;
}

async function* read(source: AnswerSource, options: ReadOptions, { packed, keep }: How): AsyncGenerator<Batch<Logged>> {
  const { badLines = 'stop', groupBy, maxRows = Number.POSITIVE_INFINITY, summary = newSummary() } = options;
  const { readers, annotate } = options;
  const annotated = async (batch: Batch<Logged>) =>
    annotate === undefined ? batch : { ...batch, records: await annotate(batch.records) };
  checkFormat(options.format, readers);
  const files = pathsOf(source);
  if (files === null) onlyForFiles(options);
  const { answers, requests } = await requestsAmong(files ?? [], options.format);
  const labelling = await openLabelling(answers, { ...options, badLines }, summary);
  const { labelRules: rules = {} } = options;
  const naming = options.naming !== undefined && isNaming(options.naming) ? options.naming : null;
  const guessLabels = options.labels === undefined && rules.column === undefined && !isReadByRule(rules);
  let before = 0;
  let pending: BadLine[] = labelling.bad;
  summary.bad += pending.length;
  for (const file of files === null ? [IN_MEMORY] : answers) {
    let batch = newBatch(file, pending);
    let characters = 0;
    let bytes = before;
    let isDetected = false;
    let hasRecord = false;
    const context: Context = {
      requests,
      readers,
      detected: (format, why) => {
        isDetected = true;
        countFormat(summary, file, format, why);
      },
    };
    pending = [];
    const sink: RowSink = {
      before: labelling.before,
      record: (record, line, tokens) => {
        hasRecord = true;
        if (summary.records >= maxRows) return;
        if (tokens !== undefined) record.tokens = packedTokens(tokens.block, tokens.span);
        if (!isAnswer(record)) countUnanswered(summary, record);
        if (!keep(record)) return;
        labelling.label(record, { file, line });
        if (naming !== null) nameRecord(record, naming);
        count(summary, record, groupBy);
        if (isMadeId(record.id, { file, line })) summary.withoutId++;
        batch.records.push(record);
        batch.lines.push(line);
      },
      bad: (line) => {
        if (badLines === 'stop') throw line.error;
        batch.bad.push(line);
        summary.bad++;
      },
      passed: (reason) => {
        addCount(summary.passed, reason);
      },
    };
    const pieces =
      files === null ? recordRows(recordsOf(source)) : unreadRows(file, { ...options, context, packed, guessLabels });
    for await (const { rows, read: taken } of pieces) {
      bytes = before + taken;
      for (const row of rows) {
        isDetected = false;
        hasRecord = false;
        row.read(sink);
        if (files !== null && hasRecord && !isDetected) countFormat(summary, file, CANONICAL, CANONICAL_WHY);
        characters += row.characters;
        const full = summary.records >= maxRows;
        if (full || isWhole(batch, characters)) {
          yield annotated({ ...batch, bytes });
          if (full) return finish();
          batch = newBatch(file);
          characters = 0;
        }
      }
    }
    before = bytes;
    if (batch.records.length + batch.bad.length > 0) yield annotated({ ...batch, bytes });
  }
  finish();

  function finish(): void {
    labelling.finish(maxRows);
    if (groupBy !== undefined && summary.records > 0 && summary.withoutGroupField === summary.records) {
      const expected = 'a field of the answers, such as group or metadata.question';
      throw new VouchError('BAD_USAGE', 'no answer has the field to group by', {
        field: 'groupBy',
        expected,
        got: groupBy,
      });
    }
  }
}

/** Records in memory are canonical: they have no format and no columns. Error: BAD_USAGE. */
function onlyForFiles({ format, map }: ReadOptions): void {
  const field = format !== undefined ? 'format' : map !== undefined ? 'map' : null;
  if (field === null) return;
  throw new VouchError('BAD_USAGE', 'this says how files are read, and records were given', { field });
}

function newBatch(file: string, bad: BadLine[] = []): Batch<Logged> {
  return { records: [], lines: [], bad, file, bytes: 0 };
}

function isWhole({ records, bad }: Batch<Logged>, characters: number): boolean {
  const rows = records.length + bad.length;
  return rows >= ROWS || (rows >= LEAST_ROWS && characters >= CHARACTERS);
}
