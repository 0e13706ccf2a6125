import { VouchError } from '../../support/errors.js';
import type { Fields } from '../check-value.js';
import { sourceKind, UNKNOWN } from '../label-sources.js';
import { type BadLine, type Row, textOf } from '../read/row.js';
import { objectOf } from '../read/table/fields.js';
import type { Label } from '../record.js';
import { type At, type Convention, newConvention } from './convention.js';
import { gradeColumn, graderIn, scoreNameIn, valueIn } from './grade-columns.js';
import type { Join } from './grade-key.js';
import { gradeRows } from './grade-rows.js';
import type { LabelRules } from './rules.js';
import { nameCounts, noSuchScore, severalScores } from './score-names.js';
import { scoreRow } from './score-rows.js';
import { scoresApart } from './scores-apart.js';

/** One graded thing, as the file names it, and its grades. */
export interface Graded {
  /** Value of the joining column, or the id of an observation or trace. */
  key: string;
  /** For scores of a tracing tool: what the key is, and the trace that an observation belongs to. */
  kind?: 'observation' | 'trace';
  trace?: string | null;
  /** Value of the column `file`. */
  file?: string;
  line: number;
  labels: Label[];
}

interface GradesFile {
  all: Graded[];
  /**
   * Whether the rows are scores of a tracing tool; these are joined by observation and trace unless the user chose a
   * field.
   */
  isScores: boolean;
  /** Columns of the first row. */
  columns: string[];
  ungraded: number;
  bad: BadLine[];
  /** Whether a row has the requested score. */
  hasScore: boolean;
}

interface ReadGradesOptions {
  join: Join;
  badLines: 'stop' | 'skip';
  rules: LabelRules;
}

/**
 * Reads a grades file into memory. Errors: BAD_LABEL with file and line for a row without a key or with an unreadable
 * grade, unless bad lines are skipped. Always an error: a column whose values as a whole cannot be read, and several
 * scores of one answer.
 */
export async function readGrades(file: string, { join, badLines, rules }: ReadGradesOptions): Promise<GradesFile> {
  const read: GradesFile = { all: [], isScores: false, columns: [], ungraded: 0, bad: [], hasScore: false };
  const byTarget = new Map<string, Graded>();
  const conventions = new Map<string, Convention>();
  const names = nameCounts();
  let isColumnSeen = false;

  const conventionOf = (column: string, name = ''): Convention => {
    const known = conventions.get(`${column}\n${name}`);
    if (known !== undefined) return known;
    const made = newConvention(column, rules);
    conventions.set(`${column}\n${name}`, made);
    return made;
  };

  const hold = (target: Omit<Graded, 'labels'>, label: Label): void => {
    const name = `${target.kind ?? ''}\n${target.file ?? ''}\n${target.key}`;
    const held = byTarget.get(name);
    if (held !== undefined) {
      held.labels.push(label);
      return;
    }
    const made = { ...target, labels: [label] };
    byTarget.set(name, made);
    read.all.push(made);
  };

  const take = (row: Row): void => {
    if (row.error !== undefined) throw row.error;
    const fields = objectOf(row.value) ?? {};
    const at: At = { file, line: row.line };
    if (read.columns.length === 0) {
      read.columns = Object.keys(fields);
      read.isScores = scoreRow(fields) !== null;
    }
    const target = read.isScores && join.isOpen ? scoreTarget(fields, at) : rowTarget(fields, join, at);
    const { column, value } = gradeIn(fields, { isScores: read.isScores, rules, at });
    if (column !== null) isColumnSeen = true;
    const name = scoreNameIn(fields, join.column);
    names.count(name);
    if (name !== undefined && name === rules.name) read.hasScore = true;
    else if (name !== undefined && rules.name !== undefined) return;
    const grade = column === null || target === null ? null : conventionOf(column, name).of(value, at);
    if (grade === null || target === null) read.ungraded++;
    else hold(target, { value: grade, ...(name === undefined ? {} : { name }), ...graderOf(fields, rules, at) });
  };

  for await (const rows of gradeRows(file)) {
    for (const row of rows) {
      try {
        take(row);
      } catch (error) {
        const isFatal = [...conventions.values()].some(({ refused }) => refused !== null);
        if (badLines === 'stop' || isFatal || !(error instanceof VouchError) || error.detail.line === undefined) {
          throw error;
        }
        read.bad.push({ file, line: row.line, text: textOf(row), error });
      }
    }
  }
  for (const convention of conventions.values()) convention.finish();
  if (read.columns.length > 0 && rules.column !== undefined && !isColumnSeen) {
    throw new VouchError('BAD_LABEL', 'no row has this column', {
      ...{ file, field: 'labelRules.column', expected: rules.column, got: read.columns },
    });
  }
  if (rules.name !== undefined && read.all.length === 0 && names.size > 0 && !read.hasScore) {
    throw noSuchScore(rules.name, names, file);
  }
  if (rules.several !== 'keep') {
    for (const { labels, line } of read.all) {
      const apart = labels.length > 1 ? scoresApart(labels) : null;
      if (apart !== null) throw severalScores(names, apart, { file, line });
    }
  }
  return read;
}

function scoreTarget(fields: Fields, at: At): Omit<Graded, 'labels'> | null {
  const score = scoreRow(fields);
  if (score === null) {
    const got = Object.keys(fields);
    throw new VouchError('BAD_LABEL', 'this row is not a score, but the first row is', {
      ...at,
      expected: 'trace_id, name, value',
      got,
    });
  }
  const { observation, trace } = score;
  if (observation !== null) return { key: observation, kind: 'observation', trace, line: at.line };
  return trace === null ? null : { key: trace, kind: 'trace', line: at.line };
}

function rowTarget(fields: Fields, { field, column }: Join, at: At): Omit<Graded, 'labels'> {
  const key = valueIn(fields, column);
  if (key == null || key === '') {
    const got = Object.keys(fields);
    const ids = got.filter((name) => /(^|[\s_-])(id|key)$|[a-z]Id$/i.test(name));
    throw new VouchError('BAD_LABEL', 'the row does not say which answer it grades', {
      ...at,
      field: column,
      expected: 'a value to join on',
      got,
      hint:
        'If the column has another name, say --on ANSWER_FIELD=GRADE_COLUMN' +
        `${ids.length === 0 ? '' : `: --on ${field}=${ids[0]}`}.`,
    });
  }
  const file = valueIn(fields, 'file');
  return { key: String(key), line: at.line, ...(typeof file === 'string' && file !== '' ? { file } : {}) };
}

/** The unread grade of a row; `column` is null if this row does not have the requested column. */
function gradeIn(
  fields: Fields,
  { isScores, rules, at }: { isScores: boolean; rules: LabelRules; at: At },
): { column: string | null; value: unknown } {
  if (isScores && rules.column === undefined) return { column: 'value', value: scoreRow(fields)?.value };
  const column = gradeColumn(fields, rules, at);
  return { column, value: column === null ? null : valueIn(fields, column) };
}

/** Who gave the grade: the source that the user named, if the row does not say it. */
function graderOf(fields: Fields, rules: LabelRules, at: At): Partial<Label> {
  const { source, ...rest } = graderIn(fields, at);
  return { source: sourceKind(source) === 'unknown' ? (rules.source ?? source ?? UNKNOWN) : source, ...rest };
}
