import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { logFormats } from '../../../../data/read/formats/list.js';
import type { Part } from '../../../../data/read/formats/log-format.js';
import { requestOf } from '../../../../data/read/formats/openai/batch-request.js';
import type { Fields } from '../../../../data/read/table/fields.js';

/** The rows of a case. */
export function rowsOf(name: string): Fields[] {
  const text = readFileSync(resolve(import.meta.dirname, '../../../cases', name), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Fields);
}

/** Requests of a batch, by their ids. */
export function requestsOf(rows: readonly Fields[]): Map<string, Fields> {
  return new Map(rows.map((row) => [requestOf(row)!.id, requestOf(row)!.request]));
}

/** The parts of one row, in the format that detects it. */
export function partsOf(row: Fields, requests: ReadonlyMap<string, Fields> = new Map()): Part[] {
  const format = logFormats.find((each) => each.detect(row) !== null);
  if (format === undefined) throw new Error('no format detects the row');
  return format.read(row, { requests });
}

/** The name of the format that detects a row. */
export function formatOf(row: Fields): string | undefined {
  return logFormats.find((each) => each.detect(row) !== null)?.name;
}

/** The records of rows, whose pieces are joined first. Fails where a part is none. */
export function recordsOf(rows: readonly Fields[], requests?: ReadonlyMap<string, Fields>): Fields[] {
  return joined(rows).flatMap((row) => partsOf(row, requests).map(recordIn));
}

/** The one record of a row. */
export function recordOf(row: Fields, requests?: ReadonlyMap<string, Fields>): Fields {
  const records = partsOf(row, requests).map(recordIn);
  if (records.length !== 1) throw new Error(`${records.length} records`);
  return records[0];
}

/** Why a row gives no record. */
export function failureIn(row: Fields): { code: string; field?: string; got?: unknown; message: string } {
  const [part] = partsOf(row);
  if (!('failed' in part)) throw new Error(`no failure but ${JSON.stringify(part)}`);
  const { code, detail, message } = part.failed;
  return { code, field: detail.field, got: detail.got, message };
}

function recordIn(part: Part): Fields {
  if (!('record' in part)) throw new Error(`no record but ${'failed' in part ? part.failed.message : part.passed}`);
  return part.record;
}

/**
 * Rows with the pieces of each answer joined, as they are when a file is read; those of unfinished answers come last.
 */
export function joined(rows: readonly Fields[]): Fields[] {
  const held = new Map<string, { format: (typeof logFormats)[number]; pieces: Fields[] }>();
  const out: Fields[] = [];
  for (const row of rows) {
    const format = logFormats.find((each) => (each.pieceOf?.(row) ?? null) !== null);
    if (format === undefined) {
      out.push(row);
      continue;
    }
    const key = `${format.name} ${format.pieceOf!(row)}`;
    const answer = held.get(key) ?? { format, pieces: [] };
    held.set(key, answer);
    answer.pieces.push(row);
    if (!format.isLast!(row)) continue;
    held.delete(key);
    out.push(format.join!(answer.pieces));
  }
  return [...out, ...[...held.values()].map(({ format, pieces }) => format.join!(pieces))];
}

/** Tokens as short as a test wants them: text and log-probability. */
export function pairs(record: Fields): [unknown, unknown][] | undefined {
  return (record.tokens as Fields[] | undefined)?.map(({ token, logprob }) => [token, logprob]);
}
