import { recordOf } from './cells.js';
import { jsonColumns } from './columns.js';
import { jsonRow } from './json-rows.js';
import { type ByteLine, lineOf } from './lines.js';
import type { ColumnMap } from './map.js';
import { fromOpenAi, isOpenAi, type Requests } from './openai.js';
import type { Row } from './row.js';
import { arePercent, byColumns } from './table-rows.js';

/** How the values of one file's lines become records; plain data, so that a thread can be told. */
export interface JsonPlan {
  /** Lines of an OpenAI log rather than canonical records. */
  openai: boolean;
  map: ColumnMap | null;
  /** Under a map: stated confidence is 0–100. */
  percent: boolean;
}

/** Records as they stand: also the plan of a file none of whose lines is JSON. */
export const canonical: JsonPlan = { openai: false, map: null, percent: false };

/** Tells the plan from the first rows of a file; null while none of them is JSON. */
export function jsonPlanOf(
  rows: readonly Row[],
  format: string | undefined,
  map: ColumnMap | undefined,
): JsonPlan | null {
  const good = rows.filter((row) => row.error === undefined);
  if (good.length === 0) return null;
  const openai = format === 'openai' || (format === undefined && good.some((row) => isOpenAi(row.value)));
  const percent = !openai && map !== undefined && arePercent(good, (row) => jsonColumns(row, map));
  return { openai, map: map ?? null, percent };
}

/** The same from lines that are not parsed yet. */
export function jsonPlanOfLines(
  lines: readonly ByteLine[],
  file: string,
  format: string | undefined,
  map: ColumnMap | undefined,
): JsonPlan | null {
  return jsonPlanOf(
    lines.map((line) => jsonRow(lineOf(line), file)),
    format,
    map,
  );
}

/** Whether values are records as they stand. */
export function isCanonical({ openai, map }: JsonPlan): boolean {
  return !openai && map === null;
}

/** What makes records of values. */
export function jsonConverter(
  { openai, map, percent }: JsonPlan,
  requests: Requests = new Map(),
  file: string,
): (row: Row) => unknown {
  if (openai) {
    const read = (row: Row) => fromOpenAi(row.value, requests, file, row.line);
    if (map === null) return read;
    return (row) => {
      const record = read(row);
      return recordOf(record, jsonColumns(record, map), false, file, row.line);
    };
  }
  return map === null ? (row) => row.value : byColumns((row) => jsonColumns(row, map), percent, file);
}
