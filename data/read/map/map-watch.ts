import { VouchError } from '../../../support/errors.js';
import { isObject } from '../../check-value.js';
import { fieldAt } from '../../path.js';
import { readDetected } from '../formats/detect.js';
import { jsonRow } from '../json/json-rows.js';
import { type ByteLine, lineOf } from '../lines.js';
import type { Row } from '../row.js';
import type { ColumnMap } from './map.js';
import { hintOf, suggestMap } from './suggest-map.js';

/** Checks that each field of `--map` occurs in some row of a file. */
interface MapWatch {
  /** Takes rows. Error: BAD_USAGE if none of the first 1,000 rows has a mapped field. */
  lookAll(rows: readonly Row[]): void;
  /** The same for lines. They are parsed only while some field has not been found. */
  lookAtLines(lines: readonly ByteLine[]): void;
  /** Call it at the end of the file. Error: BAD_USAGE if no row had a mapped field. */
  finish(): void;
}

/** After this many rows, a field that no row has had is an error. */
const MOST_ROWS = 1000;
/** How many keys the error lists. */
const MOST_KEYS = 20;

/** Checks the rows of one file. A key with the value null counts as present. */
export function mapWatch(map: ColumnMap, file: string): MapWatch {
  const unseen = new Map(Object.entries(map));
  const keys = new Set<string>();
  let first: unknown;
  let rows = 0;
  const missing = (): VouchError => {
    const [field, path] = [...unseen][0];
    const among = rows < MOST_ROWS ? 'no row of the file has it' : `none of the first ${MOST_ROWS} rows has it`;
    const suggested = field === 'answer' ? suggestMap(first) : null;
    return new VouchError('BAD_USAGE', among, {
      file,
      field: `map.${field}`,
      expected: path,
      got: [...keys].slice(0, MOST_KEYS).join(', '),
      ...(suggested === null ? {} : { hint: hintOf(suggested) }),
    });
  };
  const look = (row: unknown): void => {
    if (!isObject(row)) return;
    rows++;
    first ??= row;
    for (const [field, path] of unseen) if (has(row, path)) unseen.delete(field);
    if (unseen.size === 0) return;
    for (const key in row) {
      keys.add(key);
      const inner = row[key];
      if (isObject(inner)) for (const next in inner) keys.add(`${key}.${next}`);
    }
    if (rows >= MOST_ROWS) throw missing();
  };
  return {
    lookAll(some) {
      for (let i = 0; i < some.length && unseen.size > 0; i++) look(some[i].value);
    },
    lookAtLines(lines) {
      for (let i = 0; i < lines.length && unseen.size > 0; i++) look(jsonRow(lineOf(lines[i]), file).value);
    },
    finish() {
      if (unseen.size > 0 && rows > 0) throw missing();
    },
  };
}

/** Whether the logged row has the path, or what its format reads from the row. */
function has(row: unknown, path: string): boolean {
  if (fieldAt(row, path) !== undefined) return true;
  try {
    const parts = readDetected(row, { requests: new Map() });
    return parts.some((part) => 'record' in part && fieldAt(part.record, path) !== undefined);
  } catch (error) {
    if (error instanceof VouchError) return false;
    throw error;
  }
}
