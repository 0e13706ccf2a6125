import type { LogFormat, Part } from '../../../../data/read/formats/log-format.js';
import { jsonValuesOf } from '../../../../data/read/json/json-values.js';
import { parseJson } from '../../../../data/read/json/parse-json.js';
import type { Fields } from '../../../../data/read/table/fields.js';

/** What a format makes of a row of a file, which it must detect; the file is given where its name matters. */
export function partsOf(format: LogFormat, row: unknown, file?: string): Part[] {
  if (format.detect(row as Fields) === null) throw new Error(`not detected as ${format.name}`);
  return format.read(row as Fields, { requests: new Map(), ...(file === undefined ? {} : { file }) });
}

/** The records among the parts. */
export function recordsOf(format: LogFormat, row: unknown, file?: string): Fields[] {
  return partsOf(format, row, file).flatMap((part) => ('record' in part ? [part.record] : []));
}

/** The one record of a row. */
export function recordOf(format: LogFormat, row: unknown, file?: string): Fields {
  const records = recordsOf(format, row, file);
  if (records.length !== 1) throw new Error(`${records.length} records`);
  return records[0];
}

/** The code and the message of the only part, which failed. */
export function failureOf(format: LogFormat, row: unknown): string {
  const [part] = partsOf(format, row);
  if (!('failed' in part)) throw new Error('did not fail');
  return part.failed.message;
}

/** The values of a text of JSON, in whatever layout. */
export async function valuesOf(text: string): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const some of jsonValuesOf(once(text))) values.push(...some.map((value) => parseJson(value.text)));
  return values;
}

async function* once(text: string): AsyncGenerator<Buffer> {
  yield Buffer.from(text);
}
