import { openParquet } from '../data/read/parquet/parquet-rows.js';

/**
 * A table of `vouch features` as input of trees: raw signals (NaN = missing), then the one-hot columns of the
 * categories.
 */
export interface Table {
  /** [n, width], row-major. */
  x: Float32Array;
  width: number;
  y: Float64Array;
  groups: string[];
  /** Model and task of each row. */
  cells: string[];
}

const NOT_SIGNALS = new Set(['id', 'group', 'label', 'weight']);
/** Minimal number of rows for a category to get a column. */
const RARE = 10;

/** Reads a table written by `vouch features --out FILE.parquet`, without the rows that have no label. */
export async function readTable(file: string): Promise<Table> {
  const { columns: names, rows: slices, close } = await openParquet(file);
  const rows: Record<string, unknown>[] = [];
  for await (const { rows: slice } of slices()) {
    for (const { value } of slice) {
      const row = value as Record<string, unknown>;
      if (typeof row['label'] === 'number') rows.push(row);
    }
  }
  await close();
  const columns = names.filter((name) => !NOT_SIGNALS.has(name)).flatMap((name) => columnsOf(rows, name));
  const width = columns.length;
  const x = new Float32Array(rows.length * width);
  columns.forEach((column, j) => {
    for (let i = 0; i < rows.length; i++) x[i * width + j] = column[i];
  });
  return {
    x,
    width,
    y: Float64Array.from(rows, (row) => row['label'] as number),
    groups: rows.map((row) => String(row['group'])),
    cells: rows.map((row) => `${row['model']} ${row['task']}`),
  };
}

function columnsOf(rows: Record<string, unknown>[], name: string): Float32Array[] {
  if (!rows.some((row) => typeof row[name] === 'string')) {
    return [Float32Array.from(rows, ({ [name]: value }) => (typeof value === 'number' ? value : Number.NaN))];
  }
  const counts = new Map<unknown, number>();
  for (const { [name]: value } of rows) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([value, count]) => typeof value === 'string' && count >= RARE)
    .map(([value]) => Float32Array.from(rows, (row) => (row[name] === value ? 1 : 0)));
}
