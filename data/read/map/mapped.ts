import { VouchError } from '../../../support/errors.js';
import { isObject } from '../../check-value.js';
import { fieldAt } from '../../path.js';
import type { Part } from '../formats/log-format.js';
import { recordOf } from '../table/cells.js';
import { jsonColumns } from '../table/columns.js';
import type { Fields } from '../table/fields.js';
import type { ColumnMap } from './map.js';

/**
 * The parts of a JSON row with `--map`: what its format reads, with the mapped fields put in. A mapped path is looked
 * up in the logged row first, then in what was read from it. A map that names the answer also works if the format finds
 * no answer.
 */
export function mappedParts(
  value: unknown,
  { map, percent }: { map: ColumnMap; percent: boolean },
  read: (value: unknown) => Part[],
): Part[] {
  if (!isObject(value)) return read(value);
  return basesOf(value, 'answer' in map, read).map((part) => {
    if (!('record' in part)) return part;
    const source: Fields = { ...part.record };
    for (const path of Object.values(map)) {
      const cell = fieldAt(value, path);
      if (cell !== undefined) source[path] = cell;
    }
    return { record: recordOf(source, jsonColumns(source, map), { percent }) };
  });
}

function basesOf(value: Fields, isNamed: boolean, read: (value: unknown) => Part[]): Part[] {
  if (!isNamed) return read(value);
  try {
    const parts = read(value);
    if (parts.some((part) => 'record' in part)) return parts;
  } catch (error) {
    if (!(error instanceof VouchError)) throw error;
  }
  return [{ record: value }];
}
