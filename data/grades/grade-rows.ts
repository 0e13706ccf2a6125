import { VouchError } from '../../support/errors.js';
import { type Fields, isObject } from '../check-value.js';
import { csvRows } from '../read/csv/csv-rows.js';
import { layoutOf } from '../read/format.js';
import { isJsonDocument } from '../read/json/json-document.js';
import { jsonRow, jsonRows } from '../read/json/json-rows.js';
import { jsonValuesOf } from '../read/json/json-values.js';
import { openParquet } from '../read/parquet/parquet-rows.js';
import type { Row } from '../read/row.js';
import { objectOf } from '../read/table/fields.js';
import { openBytes } from '../read/unpack/bytes.js';

/**
 * The rows of a grades file, in batches. The format is detected from the content: CSV, JSON Lines, a JSON array, the
 * reply of an API ({"data": […]}), Parquet. Errors: UNKNOWN_FORMAT, BAD_CSV, BAD_PARQUET. A line that is not JSON
 * becomes a row with its error.
 */
export async function* gradeRows(file: string): AsyncGenerator<Row[]> {
  const source = await openBytes(file);
  try {
    if (source.head.length === 0) return;
    if (isJsonDocument(source.head.toString('utf8', 0, 65_536)) && !/\.(csv|tsv)(\.|$)/i.test(file)) {
      for await (const values of jsonValuesOf(source.chunks)) {
        yield values.flatMap(({ text, line }) => unwrapped(jsonRow({ text, number: line }, file)));
      }
      return;
    }
    const layout = layoutOf(file, source.head);
    if (layout === 'eval')
      throw new VouchError('UNKNOWN_FORMAT', 'this is an archive of answers, not a file of grades', { file });
    if (layout !== 'parquet') {
      yield* layout === 'csv' ? csvRows(source) : listed(jsonRows(source));
      return;
    }
  } finally {
    source.close();
  }
  if (file === '-') {
    throw new VouchError('BAD_USAGE', 'Parquet cannot be read from standard input', {
      file,
      expected: 'a file',
    });
  }
  const table = await openParquet(file);
  try {
    for await (const { rows } of table.rows()) yield rows;
  } finally {
    await table.close();
  }
}

async function* listed(batches: AsyncGenerator<Row[]>): AsyncGenerator<Row[]> {
  for await (const rows of batches) yield rows.flatMap(unwrapped);
}

/** The rows inside an object that has exactly one list of rows (and facts about the page). */
function unwrapped(row: Row): Row[] {
  if (Array.isArray(row.value)) return row.value.map((value) => ({ line: row.line, value }));
  const fields = objectOf(row.value);
  if (fields === null) return [row];
  const lists = Object.entries(fields).filter(([, value]) => Array.isArray(value) && value.every(isObject));
  const isPage = lists.length === 1 && PAGES.has(lists[0][0]);
  return isPage ? (lists[0][1] as Fields[]).map((value) => ({ line: row.line, value })) : [row];
}

/** Keys under which APIs and exports put their rows. */
const PAGES = new Set([
  'data',
  'scores',
  'items',
  'results',
  'feedback',
  'feedbacks',
  'annotations',
  'grades',
  'labels',
]);
