import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { logFormats } from '../../../../data/read/formats/list.js';
import type { LogFormat } from '../../../../data/read/formats/log-format.js';
import type { Fields } from '../../../../data/read/table/fields.js';
import { VouchError } from '../../../../support/errors.js';

const NONE = { requests: new Map<string, Fields>() };

/** Name of the first format of the list that a row is in; null where there is none. */
export function formatOf(row: unknown): string | null {
  return logFormats.find((format) => format.detect(row as Fields) !== null)?.name ?? null;
}

/** What a format reads in one row: records as they are, the reasons of what is passed, and messages of what failed. */
export function partsOf(format: LogFormat, row: unknown, context = NONE): unknown[] {
  try {
    return format.read(row as Fields, context).map((part) => {
      if ('record' in part) return part.record;
      return 'passed' in part ? `passed: ${part.passed}` : `failed: ${part.failed.message}`;
    });
  } catch (error) {
    if (error instanceof VouchError) return [`failed: ${error.message}`];
    throw error;
  }
}

/** The one record of a row. */
export function recordOf(format: LogFormat, row: unknown, context = NONE): Fields {
  const parts = partsOf(format, row, context);
  if (parts.length !== 1 || typeof parts[0] === 'string') throw new Error(`no single record: ${JSON.stringify(parts)}`);
  return parts[0] as Fields;
}

/** The rows of a file in test/cases/traces. */
export function captured(name: string): Fields[] {
  const text = readFileSync(resolve(import.meta.dirname, '../../../cases/traces', name), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Fields);
}
