import { VouchError } from '../../support/errors.js';
import type { Fields } from '../check-value.js';
import { fieldAt } from '../group.js';
import { plainName } from '../read/table/plain-name.js';
import type { Label } from '../record.js';
import type { At } from './convention.js';
import type { LabelRules } from './rules.js';

/**
 * Columns that may contain the grade: `label` is preferred, else the only other one that is present. `score` is not
 * among them, because it may mean anything.
 */
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

/** Columns that name what was judged, if one answer has several grades. */
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

/** Columns that say who graded; those after the first two are the names in Phoenix and MLflow. */
const SOURCE_COLUMNS = ['source', 'label_source', 'annotator_kind', 'source_type'];

/** The column for a field: its exact name, else a name that differs only in case, spaces, `_` and `-`. */
export function columnIn(fields: Fields, name: string): string | undefined {
  if (Object.hasOwn(fields, name)) return name;
  return Object.keys(fields).find((column) => plainName(column) === plainName(name));
}

/** The value of a column, or of a dotted path. */
export function valueIn(fields: Fields, name: string): unknown {
  const column = columnIn(fields, name);
  return column === undefined ? fieldAt(fields, name) : fields[column];
}

/** The column with the grade of a row; null if the row does not have the requested column. Errors: BAD_LABEL. */
export function gradeColumn(fields: Fields, { column }: LabelRules, at: At): string | null {
  if (column !== undefined) return valueIn(fields, column) === undefined ? null : column;
  const label = columnIn(fields, 'label');
  if (label !== undefined) return label;
  const found = LABEL_COLUMNS.flatMap((name) => columnIn(fields, name) ?? []);
  if (found.length === 1) return found[0];
  const wanted = `a column ${LABEL_COLUMNS.join(', ')}`;
  if (found.length === 0) {
    const hint = 'If it has another name, say --label-column NAME.';
    throw new VouchError('BAD_LABEL', 'there is no grade', { ...at, expected: wanted, got: Object.keys(fields), hint });
  }
  const hint = `Say which one: --label-column ${found[0]}.`;
  throw new VouchError('BAD_LABEL', 'more than one column could contain the grade', {
    ...at,
    got: found.join(', '),
    hint,
  });
}

/** The name of the score, if the row has one. `key` is the column that joins, which is not a name. */
export function scoreNameIn(fields: Fields, key: string): string | undefined {
  for (const name of NAME_COLUMNS) {
    const column = columnIn(fields, name);
    if (column === undefined || column === key) continue;
    const value = fields[column];
    if (typeof value === 'string' && value.trim() !== '') return value.trim();
  }
  return undefined;
}

/** Source, rater, time and weight of a grade. Error: BAD_LABEL for a weight that cannot be read. */
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
