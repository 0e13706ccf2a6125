import { VouchError } from '../support/errors.js';
import { GRADES, gradeOf } from './grade.js';
import { fieldAt } from './group.js';
import { openBytes } from './read/bytes.js';
import { type CsvRow, csvRows } from './read/csv-rows.js';
import { type Fields, objectOf } from './read/fields.js';
import { layoutOf } from './read/format.js';
import { jsonRows } from './read/json-rows.js';
import { type BadLine, type Row, textOf } from './read/row.js';
import type { ReadSummary } from './read/summary.js';
import type { Label } from './record.js';
import type { Logged } from './token-list.js';

/** Grades from a file of their own, held by key. */
export interface Grades {
  /** Adds an answer's grades to its labels. */
  join(record: Logged): void;
  /** Counts what fitted into the summary. Error: NO_LABELS where grades and answers have no key in common. */
  finish(summary: ReadSummary, maxRows: number): void;
  bad: BadLine[];
}

const LABEL_COLUMNS = ['label', 'value', 'correct', 'is_correct', 'grade'] as const;

/**
 * Reads a CSV or JSON Lines file of grades: the joining column, one of label/value/correct/grade, and optionally source,
 * rater, time, weight. Several rows of one key are several labels. `on` names the field of the answer (a dotted path) and,
 * after `=`, the column where it is called otherwise. Errors: BAD_LABEL, BAD_CSV, BAD_JSON with file and line.
 */
export async function openGrades(file: string, on = 'id', badLines: 'stop' | 'skip' = 'stop'): Promise<Grades> {
  const [field, column = field] = on.split('=').map((part) => part.trim());
  const byKey = new Map<string, { labels: Label[]; used: boolean }>();
  const bad: BadLine[] = [];
  let ungraded = 0;
  let graded = 0;
  for await (const rows of gradeRows(file)) {
    for (const row of rows) {
      try {
        const { key, label } = gradeRow(row, file, column);
        if (label === null) ungraded++;
        else {
          const held = byKey.get(key);
          if (held === undefined) byKey.set(key, { labels: [label], used: false });
          else held.labels.push(label);
        }
      } catch (error) {
        if (badLines === 'stop' || !(error instanceof VouchError) || error.detail.line === undefined) throw error;
        bad.push({ file, line: row.line, text: textOf(row), error });
      }
    }
  }
  const join = (record: Logged): void => {
    const value = fieldAt(record, field);
    const held = value == null ? undefined : byKey.get(String(value));
    if (held === undefined) return;
    held.used = true;
    graded++;
    record.labels = [...(record.labels ?? []), ...held.labels];
  };
  const finish = (summary: ReadSummary, maxRows: number): void => {
    const stray = [...byKey].filter(([, { used }]) => !used);
    Object.assign(summary, { graded, ungraded, strayGrades: stray.length });
    if (graded > 0 || stray.length === 0 || summary.records === 0 || summary.records >= maxRows) return;
    throw new VouchError('NO_LABELS', 'no grade fits any answer', {
      file,
      field: column,
      expected: `values of the answers' field "${field}"`,
      got: stray[0][0],
      hint: 'Name what joins them: --on FIELD, or --on ANSWER_FIELD=GRADE_COLUMN.',
    });
  };
  return { join, finish, bad };
}

async function* gradeRows(file: string): AsyncGenerator<Row[] | CsvRow[]> {
  const source = await openBytes(file);
  if (source.head.length === 0) return;
  const layout = layoutOf(file, source.head);
  if (layout === 'parquet' || layout === 'eval') {
    throw new VouchError('UNKNOWN_FORMAT', 'grades are read from CSV or JSON Lines', { file });
  }
  yield* layout === 'csv' ? csvRows(source) : jsonRows(source);
}

function gradeRow(row: Row, file: string, column: string): { key: string; label: Label | null } {
  if (row.error !== undefined) throw row.error;
  const { line } = row;
  const fields = objectOf(row.value) ?? {};
  const key = fieldAt(fields, column);
  const at = { file, line };
  if (key == null || key === '') {
    const got = Object.keys(fields);
    throw new VouchError('BAD_LABEL', 'the row names no answer', {
      ...at,
      field: column,
      expected: 'a value to join on',
      got,
      hint: 'Where the column is called otherwise, say --on ANSWER_FIELD=GRADE_COLUMN.',
    });
  }
  const name = LABEL_COLUMNS.find((known) => known in fields);
  if (name === undefined) {
    const expected = `a column ${LABEL_COLUMNS.join(', ')}`;
    throw new VouchError('BAD_LABEL', 'there is no grade', { ...at, expected, got: Object.keys(fields) });
  }
  const value = gradeOf(fields[name]);
  if (value === null) return { key: String(key), label: null };
  if (Number.isNaN(value)) {
    throw new VouchError('BAD_LABEL', 'cannot be read as a grade', {
      ...at,
      field: name,
      expected: GRADES,
      got: fields[name],
    });
  }
  return { key: String(key), label: { value, ...extras(fields, file, line) } };
}

function extras(fields: Fields, file: string, line: number): Partial<Label> {
  const texts = (['source', 'rater', 'time'] as const).filter((name) => fields[name] != null && fields[name] !== '');
  const label: Partial<Label> = Object.fromEntries(texts.map((name) => [name, String(fields[name])]));
  if (fields.weight == null || fields.weight === '') return label;
  const weight = Number(fields.weight);
  if (Number.isFinite(weight) && weight >= 0) return { ...label, weight };
  const expected = 'a number, 0 or more';
  throw new VouchError('BAD_LABEL', 'cannot be read as a weight', {
    file,
    line,
    field: 'weight',
    expected,
    got: fields.weight,
  });
}
