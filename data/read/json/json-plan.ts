import { isObject } from '../../check-value.js';
import { detect, readDetected, readIn } from '../formats/detect.js';
import { logFormatNamed } from '../formats/list.js';
import type { Context } from '../formats/log-format.js';
import { refusePiece } from '../formats/parts/pieces.js';
import { type ByteLine, lineOf } from '../lines.js';
import type { ColumnMap } from '../map/map.js';
import { mappedParts } from '../map/mapped.js';
import type { Convert } from '../read-row.js';
import type { Row } from '../row.js';
import { arePercent } from '../table/cells.js';
import { jsonColumns } from '../table/columns.js';
import { jsonRow } from './json-rows.js';

/** How the values of one file's lines become records; plain data, so that a thread can be told. */
export interface JsonPlan {
  /** The log format that was asked for; null where each row tells its own. */
  format: string | null;
  /** The log format of the first rows that are in one; null where they are canonical records. */
  usual: { name: string; why: string } | null;
  map: ColumnMap | null;
  /** Under a map: stated confidence is 0–100. */
  percent: boolean;
}

/** Rows as they stand: also the plan of a file none of whose lines is JSON. */
export const plainPlan: JsonPlan = { format: null, usual: null, map: null, percent: false };

/** Tells the plan from the first rows of a file; null while none of them is JSON. */
export function jsonPlanOf(
  rows: readonly Row[],
  format: string | undefined,
  map: ColumnMap | undefined,
): JsonPlan | null {
  const good = rows.filter((row) => row.error === undefined);
  if (good.length === 0) return null;
  const percent =
    map !== undefined && arePercent(good.map(({ value }) => value).filter(isObject), (row) => jsonColumns(row, map));
  const named = format !== undefined && logFormatNamed(format) !== undefined;
  const usual = good.map(({ value }) => (isObject(value) ? detect(value) : null)).find((found) => found !== null);
  return {
    format: named ? format : null,
    usual: usual == null ? null : { name: usual.format.name, why: usual.why },
    map: map ?? null,
    percent,
  };
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

/** Whether lines may be canonical records, which are read straight from their bytes. */
export function mayBeCanonical({ format, map }: JsonPlan): boolean {
  return format === null && map === null;
}

/** What makes records of the values of rows; `joined` says that answers which lie over several rows were joined into one. */
export function jsonConverter(plan: JsonPlan, given: Context, file: string, joined = false): Convert {
  const { format, usual, map, percent } = plan;
  const context = { ...given, file };
  const named = format === null ? undefined : logFormatNamed(format);
  const fallback = usual === null ? undefined : logFormatNamed(usual.name);
  const read = (value: unknown) => {
    if (!joined) refusePiece(value);
    return named === undefined ? readDetected(value, context, fallback) : readIn(named, value, context);
  };
  if (map === null) return (row) => read(row.value);
  return ({ value }) => mappedParts(value, { map, percent }, read);
}
