import { VouchError } from '../../support/errors.js';

/** How the bytes of a file are cut into rows. OpenAI logs are JSON Lines by their bytes; `openai.ts` knows them by their keys. */
export type Layout = 'jsonl' | 'csv' | 'parquet';

/** First bytes of formats that are known and not read, and what to do about them. */
const FOREIGN: readonly (readonly [bytes: string, what: string])[] = [
  ['504b0304', 'a zip archive or a spreadsheet; save it as CSV'],
  ['425a68', 'compressed by bzip2; gzip and Zstandard are read'],
  ['fd377a585a', 'compressed by xz; gzip and Zstandard are read'],
  ['fffe', 'UTF-16 text; save it as UTF-8'],
  ['feff', 'UTF-16 text; save it as UTF-8'],
  ['4152524f5731', 'an Arrow file; save it as Parquet'],
];

/**
 * Tells the layout of a file by its first bytes where these leave no doubt, else by its name, else by whether its first
 * line looks like JSON or like a table. Error: UNKNOWN_FORMAT, saying what it looks like.
 */
export function layoutOf(file: string, head: Buffer): Layout {
  if (head.toString('latin1', 0, 4) === 'PAR1') return 'parquet';
  const foreign = FOREIGN.find(([bytes]) => head.toString('hex', 0, bytes.length / 2) === bytes);
  if (foreign !== undefined) throw unknown(file, `this is ${foreign[1]}`);
  const name = file.toLowerCase().replace(/\.(gz|gzip|zst|zstd)$/, '');
  const text = head.toString('utf8', 0, 4096).replace(/^\uFEFF/, '');
  const start = text.trimStart()[0];
  if (start === '[' && !/\.(csv|tsv)$/.test(name)) {
    throw unknown(file, 'this is one JSON array; make it one object a line, by `jq -c ".[]" FILE`');
  }
  if (/\.(csv|tsv)$/.test(name)) return 'csv';
  if (/\.(jsonl|ndjson|json)$/.test(name) || start === '{') return 'jsonl';
  if (/\.(parquet|pq)$/.test(name)) return 'parquet';
  if (text === '') return 'jsonl';
  if (text.includes('\0')) throw unknown(file, 'these are binary data');
  const line = text.split('\n', 1)[0];
  if (/[,;\t|]/.test(line) && text.includes('\n')) return 'csv';
  throw unknown(file, 'neither its name nor its first line tells the format');
}

function unknown(file: string, what: string): VouchError {
  return new VouchError('UNKNOWN_FORMAT', what, {
    file,
    expected: 'JSON Lines, CSV, Parquet or OpenAI logs',
    hint: 'Say which with --format.',
  });
}
