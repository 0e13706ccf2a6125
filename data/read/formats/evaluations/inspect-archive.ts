import { VouchError } from '../../../../support/errors.js';
import { parseJson } from '../../json/parse-json.js';
import type { Row } from '../../row.js';
import { objectOf } from '../../table/fields.js';
import { openZip, type Zip } from '../../unpack/zip-entries.js';

/**
 * The samples of an Inspect log in its `.eval` form: one row per sample, each with the header of the log, as
 * `formats/inspect.ts` expects them. The file is a zip archive of `header.json` (while the evaluation runs,
 * `_journal/start.json`) and `samples/ID_epoch_N.json`, compressed with Zstandard (formerly deflate). A sample that
 * cannot be read becomes a row with its error, and so does a sample that the log lists but the archive lacks. Memory:
 * one sample. Errors: FILE_UNREADABLE; UNKNOWN_FORMAT for any other archive. Source: inspect_ai 0.3.285,
 * log/_recorders/eval.py (looked up 2026-11).
 */
export async function* inspectArchiveRows(file: string): AsyncGenerator<Row[]> {
  const zip = await openZip(file);
  try {
    const header = ['header.json', '_journal/start.json'].find((name) => zip.names.includes(name));
    if (header === undefined) {
      throw new VouchError('UNKNOWN_FORMAT', 'this is a zip archive or a spreadsheet; save it as CSV', {
        file,
        expected: 'JSON Lines, CSV, Parquet, a log, or the .eval archive of Inspect',
      });
    }
    const log = objectOf(await valueIn(zip, header, file)) ?? {};
    const names = zip.names.filter((name) => /^samples\/.+\.json$/.test(name));
    for (const [i, name] of names.entries()) {
      const line = i + 1;
      try {
        yield [{ line, value: { ...log, samples: [await valueIn(zip, name, file)] } }];
      } catch (error) {
        if (!(error instanceof VouchError)) throw error;
        yield [{ line, text: name, error: error.at(file, line) }];
      }
    }
    const missing = (await summariesIn(zip, file)) - names.length;
    if (missing > 0) {
      const what = `${missing} of the samples in summaries.json are not in the archive: it is damaged`;
      const line = names.length + 1;
      yield [{ line, text: 'summaries.json', error: new VouchError('FILE_UNREADABLE', what, { file, line }) }];
    }
  } finally {
    zip.close();
  }
}

/** How many samples the log lists; 0 while it is being written, because the list comes last. */
async function summariesIn(zip: Zip, file: string): Promise<number> {
  if (!zip.names.includes('summaries.json')) return 0;
  const summaries = await valueIn(zip, 'summaries.json', file);
  return Array.isArray(summaries) ? summaries.length : 0;
}

async function valueIn(zip: Zip, name: string, file: string): Promise<unknown> {
  const text = await zip.text(name);
  try {
    return parseJson(text);
  } catch (cause) {
    throw new VouchError('BAD_JSON', `${name} in the archive is not JSON`, { file, got: text.slice(0, 60), cause });
  }
}
