// Runs in a separate thread: opens a Parquet file and decodes its row groups with hyparquet. A damaged file can make
// the decoder loop forever or fill its heap; a thread can be stopped. This is JavaScript so that the thread starts from
// the sources and from the build. The types of requests and answers are in decoder.ts.
import { parentPort } from 'node:worker_threads';
import { asyncBufferFromFile, parquetMetadataAsync, parquetRead, parquetReadObjects, parquetSchema } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';

let bytes;
let metadata;
/** The rows of the current row group, as objects. */
let rows = [];

const work = {
  async open({ file }) {
    bytes = await asyncBufferFromFile(file);
    metadata = await parquetMetadataAsync(bytes);
    const columns = parquetSchema(metadata).children.map((child) => child.element.name);
    if (!columns.every((name) => typeof name === 'string')) throw new Error('the schema has a column without a name');
    const groups = metadata.row_groups.map((group) => ({ rows: Number(group.num_rows), chunks: chunksOf(group) }));
    return { columns, groups, rows: Number(metadata.num_rows), bytes: bytes.byteLength };
  },
  /** Decodes columns of a row group, which becomes the current one. */
  async decode({ group, columns }) {
    rows = await decoded(group, columns);
  },
  /** Decodes more columns of the current row group. */
  async add({ group, columns }) {
    const more = await decoded(group, columns);
    // Object.assign would lose a `__proto__`.
    for (let i = 0; i < rows.length; i++) rows[i] = { ...rows[i], ...more[i] };
  },
  /** Forgets the file, before the next one is opened. */
  async close() {
    bytes = undefined;
    metadata = undefined;
    rows = [];
  },
  /** Rows of the current row group. */
  async take({ from, to }) {
    return rows.slice(from, to).map(plain);
  },
};

function chunksOf({ columns }) {
  return columns.map(({ meta_data: data }) => ({
    path: data?.path_in_schema ?? [],
    values: Number(data?.num_values ?? 0),
    bytes: Number(data?.total_uncompressed_size ?? 0),
  }));
}

async function decoded(group, columns) {
  const counts = metadata.row_groups.map(({ num_rows: count }) => Number(count));
  const rowStart = counts.slice(0, group).reduce((sum, count) => sum + count, 0);
  const rowEnd = rowStart + counts[group];
  const options = { file: bytes, metadata, rowStart, rowEnd, compressors, columns, parsers: { jsonFromBytes } };
  const found = columns.includes('__proto__') ? await ownRows(options) : await parquetReadObjects(options);
  if (found.length !== counts[group]) throw new Error(`a row group holds ${found.length} rows, not ${counts[group]}`);
  for (const { element, children } of parquetSchema(metadata).children) {
    // past the end of a column hyparquet leaves cells undefined; nulls are null, except for lists and structs
    const column = element.name;
    if (children.length > 0 || !columns.includes(column)) continue;
    const short = found.findIndex((row) => row[column] === undefined);
    if (short >= 0) throw new Error(`column "${column}" holds ${short} values, not ${counts[group]}`);
  }
  return found;
}

/** The rows if a column is called `__proto__`: hyparquet would make its cells the prototypes of the rows. */
async function ownRows(options) {
  const found = await new Promise((onComplete, reject) => {
    parquetRead({ ...options, rowFormat: 'array', onComplete }).catch(reject);
  });
  return found.map((cells) => Object.fromEntries(options.columns.map((name, i) => [name, cells[i]])));
}

/** Same value as in bounded-json.ts. */
const DEEPEST = 500;
const utf8 = new TextDecoder();

/** A cell of a JSON column. If it is damaged or nested too deeply it stays text, so that only its row is refused. */
function jsonFromBytes(cell) {
  if (!cell) return cell;
  const text = utf8.decode(cell);
  try {
    const value = JSON.parse(text);
    return isDeeper(value, DEEPEST) ? text : value;
  } catch {
    return text;
  }
}

function isDeeper(value, left) {
  if (value === null || typeof value !== 'object') return false;
  return left === 0 || Object.values(value).some((inner) => isDeeper(inner, left - 1));
}

/**
 * Converts Parquet values to JSON values: 64-bit integers to numbers (or text if they are too long), dates to ISO 8601,
 * typed arrays to lists.
 */
function plain(value) {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value);
  if (value === null || typeof value !== 'object') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  if (ArrayBuffer.isView(value)) return Array.from(value, plain);
  if (Array.isArray(value)) return value.map(plain);
  for (const key in value) value[key] = plain(value[key]);
  return value;
}

parentPort.on('message', async (asked) => {
  try {
    parentPort.postMessage({ answer: await work[asked.what](asked) });
  } catch (error) {
    parentPort.postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
});
parentPort.postMessage({ ready: true });
