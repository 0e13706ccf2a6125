import { VouchError } from '../../support/errors.js';
import type { Fields } from '../check-value.js';
import { fieldAt } from '../group.js';
import type { Label } from '../record.js';
import type { At } from './convention.js';
import type { LabelRules } from './rules.js';

/** Columns that hold the grade: `label` first, else the one of the others that is there. `score` is none: it may be anything. */
export const LABEL_COLUMNS = [
  'label',
  'value',
  'correct',
  'is_correct',
  'grade',
  'thumb',
  'thumbs',
  'feedback',
  'rating',
];

/** Columns that name what was judged, where one answer has several grades. */
const NAME_COLUMNS = [
  'name',
  'score_name',
  'label_name',
  'metric',
  'metric_name',
  'scorer',
  'criterion',
  'dimension',
  'key',
];

/** Columns that say who graded; those after the first are how Phoenix and MLflow call it. */
const SOURCE_COLUMNS = ['source', 'label_source', 'annotator_kind', 'source_type'];

/** The field as the row calls it: itself, else the one that differs by case, spaces, `_` and `-` only. */
export function columnIn(fields: Fields, name: string): string | undefined {
  if (Object.hasOwn(fields, name)) return name;
  return Object.keys(fields).find((column) => plain(column) === plain(name));
}

/** The value of a column, or of a dotted path. */
export function valueIn(fields: Fields, name: string): unknown {
  const column = columnIn(fields, name);
  return column === undefined ? fieldAt(fields, name) : fields[column];
}

/** Where a row of grades has its grade; null where the column asked for is not in this row. Errors: BAD_LABEL. */
export function gradeColumn(fields: Fields, { column }: LabelRules, at: At): string | null {
  if (column !== undefined) return valueIn(fields, column) === undefined ? null : column;
  const label = columnIn(fields, 'label');
  if (label !== undefined) return label;
  const found = LABEL_COLUMNS.flatMap((name) => columnIn(fields, name) ?? []);
  if (found.length === 1) return found[0];
  const wanted = `a column ${LABEL_COLUMNS.join(', ')}`;
  if (found.length === 0) {
    const hint = 'Where it is called otherwise, say --label-column NAME.';
    throw new VouchError('BAD_LABEL', 'there is no grade', { ...at, expected: wanted, got: Object.keys(fields), hint });
  }
  const hint = `Say which holds it: --label-column ${found[0]}.`;
  throw new VouchError('BAD_LABEL', 'more than one column could hold the grade', {
    ...at,
    got: found.join(', '),
    hint,
  });
}

/** What the grade is about where the row says; `key` is the column that joins, which is no name. */
export function scoreNameIn(fields: Fields, key: string): string | undefined {
  for (const name of NAME_COLUMNS) {
    const column = columnIn(fields, name);
    if (column === undefined || column === key) continue;
    const value = fields[column];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** Source, rater, time and weight of a grade. Error: BAD_LABEL for a weight that is none. */
export function graderIn(fields: Fields, at: At): Partial<Label> {
  const label: Partial<Label> = {};
  const source = sourceIn(fields);
  if (source !== undefined) label.source = source;
  for (const name of ['rater', 'time'] as const) {
    const value = valueIn(fields, name);
    if (value != null && value !== '') label[name] = String(value);
  }
  const given = valueIn(fields, 'weight');
  if (given == null || given === '') return label;
  const weight = Number(typeof given === 'string' ? given.trim().replace(/^(\d*),(\d+)$/, '$1.$2') : given);
  if (Number.isFinite(weight) && weight >= 0) return { ...label, weight };
  const expected = 'a number, 0 or more';
  throw new VouchError('BAD_LABEL', 'cannot be read as a weight', { ...at, field: 'weight', expected, got: given });
}

function sourceIn(fields: Fields): string | undefined {
  for (const name of SOURCE_COLUMNS) {
    const value = valueIn(fields, name);
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
    if (value !== null && typeof value === 'object') {
      const type = (value as Fields).source_type ?? (value as Fields).type;
      if (typeof type === 'string') return type;
    }
  }
  return undefined;
}

function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}
