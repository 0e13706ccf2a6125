import type { VouchError } from '../../support/errors.js';
import { checkRecord } from '../check-record.js';
import type { AnswerRecord } from '../record.js';
import { openBytes } from './bytes.js';
import { jsonRows } from './json-rows.js';
import type { ColumnMap } from './map.js';
import { textOf } from './row.js';
import type { ReadSummary } from './summary.js';

export interface ReadOptions {
  format?: 'jsonl' | 'csv' | 'parquet' | 'openai';
  map?: ColumnMap;
  badLines?: 'stop' | 'skip';
  labels?: string;
  on?: string;
  groupBy?: string;
  maxRows?: number;
  summary?: ReadSummary;
}

export interface BadLine {
  file: string;
  line: number;
  /** The raw line, or the row as JSON. */
  text: string;
  error: VouchError;
}

export interface Batch {
  records: AnswerRecord[];
  /** lines[i] is the line (or row) number of records[i]. */
  lines: number[];
  bad: BadLine[];
  file: string;
  bytes: number;
}

export async function* readAnswers(files: string[], options: ReadOptions): AsyncGenerator<Batch> {
  for (const file of files) {
    const source = await openBytes(file);
    let batch: Batch = { records: [], lines: [], bad: [], file, bytes: 0 };
    for await (const rows of jsonRows(source)) {
      for (const row of rows) {
        try {
          if (row.error) throw row.error;
          batch.records.push(checkRecord(row.value, file, row.line));
          batch.lines.push(row.line);
        } catch (error) {
          if (options.badLines !== 'skip') throw error;
          batch.bad.push({ file, line: row.line, text: textOf(row), error: error as VouchError });
        }
        if (batch.records.length + batch.bad.length >= 256) {
          yield { ...batch, bytes: source.read };
          batch = { records: [], lines: [], bad: [], file, bytes: 0 };
        }
      }
    }
    if (batch.records.length + batch.bad.length > 0) yield { ...batch, bytes: source.read };
  }
}
