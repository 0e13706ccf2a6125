import { layoutOf } from './format.js';
import { requestOf } from './formats/openai/batch-request.js';
import { jsonRows } from './json/json-rows.js';
import type { Fields } from './table/fields.js';
import { openBytes } from './unpack/bytes.js';

/**
 * Separates the input files of batches (requests by custom_id) from files of answers, by the first line of each file.
 * The requests are kept in memory, so that each answer in the batch's output finds its request.
 */
export async function requestsAmong(
  files: readonly string[],
  format?: string,
): Promise<{ answers: string[]; requests: Map<string, Fields> }> {
  const answers: string[] = [];
  const requests = new Map<string, Fields>();
  if (files.length < 2 || format === 'csv' || format === 'parquet') return { answers: [...files], requests };
  for (const file of files) {
    if (file === '-' || !(await addRequests(file, requests))) answers.push(file);
  }
  return { answers, requests };
}

/** Adds the requests of a file. Returns false and adds nothing if the first row is not a request. */
async function addRequests(file: string, requests: Map<string, Fields>): Promise<boolean> {
  const source = await openBytes(file);
  try {
    if (source.head.length > 0 && layoutOf(file, source.head) !== 'jsonl') return false;
    let seen = false;
    for await (const rows of jsonRows(source)) {
      for (const row of rows) {
        const found = requestOf(row.value);
        if (found === null && !seen) return false;
        seen = true;
        if (row.error !== undefined) throw row.error;
        if (found !== null) requests.set(found.id, found.request);
      }
    }
    return seen;
  } finally {
    source.close();
  }
}
