import { append } from '../../../../support/append.js';
import { isObject } from '../../../check-value.js';
import { isField } from '../../map/map.js';
import type { Fields } from '../../table/fields.js';
import { labelFrom, type NamedLabel } from './labels.js';
import { timeOf } from './time.js';

/** The scores of a row: labels, and scores that cannot become labels, as they are. */
interface Scores {
  labels: NamedLabel[];
  unread: Fields;
  /** Columns that became labels. */
  columns: string[];
}

/**
 * The scores of a Langfuse row: a list of scores (API), {name: [values]} (older exports from the UI), or one column per
 * name with its value in a list (the UI flattens exports like this; longer lists are kept as they are, because they may
 * be anything). `known` are Langfuse's own columns.
 */
export function scoresIn(row: Fields, known: ReadonlySet<string>): Scores {
  const labels: NamedLabel[] = [];
  const unread: Fields = {};
  const columns: string[] = [];
  const { scores } = row;
  if (Array.isArray(scores)) {
    const left = scores.filter((score) => isObject(score) && !add(labelOf(score)));
    if (left.length > 0) unread.scores = left;
  } else if (isObject(scores)) {
    const left = Object.entries(scores).filter(([name, values]) => values != null && !addAll(name, values));
    if (left.length > 0) unread.scores = Object.fromEntries(left);
  }
  for (const [name, values] of Object.entries(row)) {
    if (known.has(name) || isField(name) || !Array.isArray(values) || values.length !== 1) continue;
    if (addAll(name, values)) columns.push(name);
  }
  return { labels, unread, columns };

  /** Adds a label. Returns whether it is a grade by itself; if not, the score stays in the record too. */
  function add(label: NamedLabel | null): boolean {
    if (label !== null) labels.push(label);
    return label !== null && label.maybe !== true;
  }

  /** Adds all values of one name, or none if one of them is not a grade. */
  function addAll(name: string, values: unknown): boolean {
    const list = Array.isArray(values) ? values : [values];
    const read = list.map((value) => (isObject(value) ? labelOf({ name, ...value }) : labelFrom(value, name)));
    if (read.length === 0 || read.some((label) => label === null)) return false;
    append(labels, read as NamedLabel[]);
    return (read as NamedLabel[]).every(({ maybe }) => maybe !== true);
  }
}

/** One score of the API or of a blob export. The number of a categorical score is only the index of its category. */
function labelOf(score: Fields): NamedLabel | null {
  const type = score.dataType ?? score.data_type;
  const text = score.stringValue ?? score.string_value;
  if (typeof score.name !== 'string' || type === 'TEXT' || type === 'CORRECTION') return null;
  const value = type === 'CATEGORICAL' ? text : (score.value ?? text);
  return labelFrom(value, score.name, {
    source: score.source,
    rater: score.authorUserId ?? score.author_user_id,
    time: timeOf(score.timestamp),
  });
}

/** Whether a row is itself a score: a grade of some trace or observation, not an answer. */
export function isScore(row: Fields): boolean {
  const ids = ['traceId', 'trace_id', 'observationId', 'observation_id', 'sessionId', 'session_id'];
  const isNamed = typeof row.name === 'string' && ('value' in row || 'stringValue' in row || 'string_value' in row);
  const typed = ['dataType', 'data_type', 'stringValue', 'string_value', 'configId', 'config_id'].some(
    (key) => key in row,
  );
  const source = ['API', 'ANNOTATION', 'EVAL'].includes(String(row.source));
  return isNamed && source && typed && ids.some((key) => key in row) && !('output' in row);
}
