import { isObject } from '../../check-value.js';
import { detect, readDetected, readIn } from '../formats/detect.js';
import { logFormatNamed } from '../formats/list.js';
import type { Context, LogFormat } from '../formats/log-format.js';
import { refusePiece } from '../formats/parts/pieces.js';
import { type ByteLine, lineOf } from '../lines.js';
import type { ColumnMap } from '../map/map.js';
import { mappedParts } from '../map/mapped.js';
import type { Convert } from '../read-row.js';
import type { Row } from '../row.js';
import { arePercent } from '../table/cells.js';
import { jsonColumns } from '../table/columns.js';
import { jsonRow } from './json-rows.js';

/** How the lines of one file become records. It is plain data, so that it can be sent to a thread. */
export interface JsonPlan {
  /** The requested log format; null if each row is detected separately. */
  format: string | null;
  /** The log format of the first rows that have one; null if they are canonical records. */
  usual: { name: string; why: string } | null;
  map: ColumnMap | null;
  /** With a map: stated confidence is given as 0–100. */
  percent: boolean;
}

/** Rows are canonical records. Also the plan for a file without any line of JSON. */
export const plainPlan: JsonPlan = { format: null, usual: null, map: null, percent: false };

/** Chooses the plan from the first rows of a file; null as long as none of them is JSON. `readers`: of plug-ins. */
export function jsonPlanOf(
  rows: readonly Row[],
  format: string | undefined,
  map: ColumnMap | undefined,
  readers?: readonly LogFormat[],
): JsonPlan | null {
  const good = rows.filter((row) => row.error === undefined);
  if (good.length === 0) return null;
  const percent =
    map !== undefined && arePercent(good.map(({ value }) => value).filter(isObject), (row) => jsonColumns(row, map));
  const named = format !== undefined && logFormatNamed(format, readers) !== undefined;
  const usual = good
    .map(({ value }) => (isObject(value) ? detect(value, readers) : null))
    .find((found) => found !== null);
  return {
    format: named ? format : null,
    usual: usual == null ? null : { name: usual.format.name, why: usual.why },
    map: map ?? null,
    percent,
  };
}

/** The same for lines that are not parsed yet. */
export function jsonPlanOfLines(
  lines: readonly ByteLine[],
  file: string,
  format: string | undefined,
  map: ColumnMap | undefined,
  readers?: readonly LogFormat[],
): JsonPlan | null {
  return jsonPlanOf(
    lines.map((line) => jsonRow(lineOf(line), file)),
    format,
    map,
    readers,
  );
}

/** Whether lines may be canonical records. Those are read directly from their bytes. */
export function mayBeCanonical({ format, map }: JsonPlan): boolean {
  return format === null && map === null;
}

/**
 * The function that turns the values of rows into records. `joined`: answers stored over several rows have been joined
 * into one row.
 */
export function jsonConverter(plan: JsonPlan, given: Context, file: string, joined = false): Convert {
  const { format, usual, map, percent } = plan;
  const context = { ...given, file };
  const named = format === null ? undefined : logFormatNamed(format, context.readers);
  const fallback = usual === null ? undefined : logFormatNamed(usual.name, context.readers);
  const read = (value: unknown) => {
    if (!joined) refusePiece(value);
    return named === undefined ? readDetected(value, context, fallback) : readIn(named, value, context);
  };
  if (map === null) return (row) => read(row.value);
  return ({ value }) => mappedParts(value, { map, percent }, read);
}
