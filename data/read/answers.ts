import { addCount } from '../../support/counts.js';
import { VouchError } from '../../support/errors.js';
import { packedTokens } from '../duck/token-block.js';
import { openLabelling } from '../grades/labelling.js';
import { isReadByRule, type LabelRules } from '../grades/rules.js';
import { isNaming, type Naming, nameRecord } from '../naming.js';
import type { AnswerRecord, LoggedRecord } from '../record.js';
import { unreadRows } from '../scan/unread-rows.js';
import { type Answer, isAnswer, type Logged } from '../token-list.js';
import { CANONICAL, CANONICAL_WHY } from './formats/detect.js';
import type { Context } from './formats/log-format.js';
import type { ColumnMap } from './map/map.js';
import { requestsAmong } from './requests.js';
import type { BadLine } from './row.js';
import type { RowSink } from './row-sink.js';
import { count, countFormat, countUnanswered, newSummary, type ReadSummary } from './summary.js';

export type { BadLine } from './row.js';

export interface ReadOptions {
  /** One of `formatNames`; told from the content of each file where absent. */
  format?: string;
  /** Which columns (or paths) of foreign files fill which fields. */
  map?: ColumnMap;
  /** What a bad line does: throws (the default), or goes to `Batch.bad`. */
  badLines?: 'stop' | 'skip';
  /** File of grades, and the field that joins them: `id`, or ANSWER_FIELD=GRADE_COLUMN. */
  labels?: string;
  on?: string;
  /** What the user says of labels: where they stand, what they mean, whose they are. */
  labelRules?: LabelRules;
  /** How models and tasks are called. */
  naming?: Naming;
  /** Field that names the question: only checked here, `groupOf` takes it. */
  groupBy?: string;
  /** Groups by `groupBy` that ask nearly the same become one. */
  mergeNear?: boolean;
  /** Bytes of a line of JSON Lines or a row of CSV at most (default 64 MiB); longer ones are bad lines. */
  mostLine?: number;
  /** Good records after which reading ends. */
  maxRows?: number;
  /** Filled while reading. */
  summary?: ReadSummary;
}

/** Some records of one file in order, and its bad lines between them. */
export interface Batch<R = AnswerRecord> {
  records: R[];
  /** lines[i] is the line (Parquet: row) number of records[i]. */
  lines: number[];
  bad: BadLine[];
  file: string;
  /** Bytes read so far, of all files, as they lie on disk. */
  bytes: number;
}

/** A batch ends at so many rows, or earlier at so many characters: rows of 25 kB held by the hundred cost 40% in garbage collection, by 16 nothing. */
const ROWS = 256;
const LEAST_ROWS = 16;
const CHARACTERS = 2 ** 19;

/**
 * Answers of files in any format as checked records, in order, with grades joined where `labels` names them. What the models did
 * not answer (`answer: null`) is left out, and counted. Memory: one batch, one chunk, the grades. `-` is standard input. Errors: those
 * of the formats and of `checkRecord`, with file, line and field; the first one is thrown unless bad lines are skipped. A file
 * that cannot be read or told always throws.
 */
export function readAnswers(files: string[], options: ReadOptions): AsyncGenerator<Batch> {
  return read(files, options, { packed: false, keep: isAnswer }) as AsyncGenerator<Batch>; // tokens are arrays where they are not packed
}

/** The same, several times as fast: tokens may be numbers, good for signals and while the batch is at hand. */
export function readPacked(files: string[], options: ReadOptions): AsyncGenerator<Batch<Answer>> {
  return read(files, options, { packed: true, keep: isAnswer }) as AsyncGenerator<Batch<Answer>>;
}

/** The log as it is: the same as `readAnswers`, with what the models did not answer, and with several scores of one answer as they stand. */
export function readLogged(files: string[], options: ReadOptions): AsyncGenerator<Batch<LoggedRecord>> {
  const kept: ReadOptions = { ...options, labelRules: { several: 'keep', ...options.labelRules } };
  return read(files, kept, { packed: false, keep: () => true }) as AsyncGenerator<Batch<LoggedRecord>>;
}

interface How {
  packed: boolean;
  keep(record: Logged): boolean;
}

async function* read(files: string[], options: ReadOptions, { packed, keep }: How): AsyncGenerator<Batch<Logged>> {
  const { badLines = 'stop', groupBy, maxRows = Number.POSITIVE_INFINITY, summary = newSummary() } = options;
  const { answers, requests } = await requestsAmong(files, options.format);
  const labelling = await openLabelling(answers, { ...options, badLines }, summary);
  const { labelRules: rules = {} } = options;
  const naming = options.naming !== undefined && isNaming(options.naming) ? options.naming : null;
  const guessLabels = options.labels === undefined && rules.column === undefined && !isReadByRule(rules);
  let before = 0;
  let pending: BadLine[] = labelling.bad;
  summary.bad += pending.length;
  for (const file of answers) {
    let batch = newBatch(file, pending);
    let characters = 0;
    let bytes = before;
    let told = false;
    let gave = false;
    const context: Context = {
      requests,
      detected: (format, why) => {
        told = true;
        countFormat(summary, file, format, why);
      },
    };
    pending = [];
    const sink: RowSink = {
      before: labelling.before,
      record: (record, line, tokens) => {
        gave = true;
        if (summary.records >= maxRows) return;
        if (tokens !== undefined) record.tokens = packedTokens(tokens.block, tokens.span);
        if (!isAnswer(record)) countUnanswered(summary, record);
        if (!keep(record)) return;
        labelling.label(record, { file, line });
        if (naming !== null) nameRecord(record, naming);
        count(summary, record, groupBy);
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
    for await (const { rows, read: taken } of unreadRows(file, { ...options, context, packed, guessLabels })) {
      bytes = before + taken;
      for (const row of rows) {
        told = false;
        gave = false;
        row.read(sink);
        if (gave && !told) countFormat(summary, file, CANONICAL, CANONICAL_WHY);
        characters += row.characters;
        const full = summary.records >= maxRows;
        if (full || isWhole(batch, characters)) {
          yield { ...batch, bytes };
          if (full) return finish();
          batch = newBatch(file);
          characters = 0;
        }
      }
    }
    before = bytes;
    if (batch.records.length + batch.bad.length > 0) yield { ...batch, bytes };
  }
  finish();

  function finish(): void {
    labelling.finish(maxRows);
    if (groupBy !== undefined && summary.records > 0 && summary.withoutGroupField === summary.records) {
      const expected = 'a field of the answers, such as group or metadata.question';
      throw new VouchError('BAD_USAGE', 'no answer has the field to group by', {
        field: '--group-by',
        expected,
        got: groupBy,
      });
    }
  }
}

function newBatch(file: string, bad: BadLine[] = []): Batch<Logged> {
  return { records: [], lines: [], bad, file, bytes: 0 };
}

function isWhole({ records, bad }: Batch<Logged>, characters: number): boolean {
  const rows = records.length + bad.length;
  return rows >= ROWS || (rows >= LEAST_ROWS && characters >= CHARACTERS);
}
