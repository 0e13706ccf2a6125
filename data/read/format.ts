import { VouchError } from '../../support/errors.js';
import { holdsPieces } from './formats/parts/pieces.js';
import { isJsonDocument } from './json/json-document.js';
import { isEventStream } from './json/sse-values.js';

/**
 * How the bytes of a file are cut into rows. `jsonl`: one JSON value per line. `pieces`: JSON Lines in which one answer
 * may take several lines. `json`: JSON arrays and pretty-printed JSON. `sse`: server-sent events. `eval`: the zip
 * archive of an Inspect log. The keys of a JSON value decide which log format it has (`formats/`).
 */
export type Layout = 'jsonl' | 'pieces' | 'json' | 'sse' | 'eval' | 'csv' | 'parquet';

/** How many bytes are examined. */
const HEAD = 2 ** 16;
/** First bytes of a zip archive. */
const ZIP = '504b0304';

/** First bytes of formats that vouch recognises but does not read, and what the user can do. */
const FOREIGN: readonly (readonly [bytes: string, what: string])[] = [
  [ZIP, 'a zip archive or a spreadsheet; save it as CSV'],
  ['425a68', 'compressed with bzip2; use gzip or Zstandard instead'],
  ['fd377a585a', 'compressed with xz; use gzip or Zstandard instead'],
  ['fffe', 'UTF-16 text; save it as UTF-8'],
  ['feff', 'UTF-16 text; save it as UTF-8'],
  ['4152524f5731', 'an Arrow file; save it as Parquet'],
];

/**
 * Detects the layout of a file: from its first bytes if these leave no doubt, else from its name, else from whether its
 * first line looks like JSON or like a table. Error: UNKNOWN_FORMAT, which says what the file looks like.
 */
export function layoutOf(file: string, head: Buffer): Layout {
  if (head.toString('latin1', 0, 4) === 'PAR1') return 'parquet';
  if (/\.eval$/i.test(file) && head.toString('hex', 0, 4) === ZIP) return 'eval';
  const foreign = FOREIGN.find(([bytes]) => head.toString('hex', 0, bytes.length / 2) === bytes);
  if (foreign !== undefined) throw unknown(file, `this is ${foreign[1]}`);
  const name = file.toLowerCase().replace(/\.(gz|gzip|zst|zstd)$/, '');
  const text = head.toString('utf8', 0, HEAD).replace(/^\uFEFF/, '');
  const start = text.trimStart()[0];
  if (/\.(csv|tsv)$/.test(name)) return 'csv';
  if (isEventStream(text)) return 'sse';
  if (isJsonDocument(text)) return 'json';
  if (/\.(jsonl|ndjson|json)$/.test(name) || start === '{') return holdsPieces(text) ? 'pieces' : 'jsonl';
  if (/\.(parquet|pq)$/.test(name)) return 'parquet';
  if (text === '') return 'jsonl';
  if (text.includes('\0')) throw unknown(file, 'this is binary data');
  const line = text.split('\n', 1)[0];
  if (/[,;\t|]/.test(line) && text.includes('\n')) return 'csv';
  throw unknown(file, 'the format cannot be detected from the name or the first line');
}

function unknown(file: string, what: string): VouchError {
  return new VouchError('UNKNOWN_FORMAT', what, {
    file,
    expected: 'JSON Lines, JSON, CSV or Parquet',
    hint: 'Name the format with --format.',
  });
}
