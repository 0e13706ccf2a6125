import { openParquet } from '../data/read/parquet-rows.js';
import { foldsByGroup } from '../data/split.js';
import { random } from '../support/random.js';

/** A table of `vouch features` as trees take it: raw signals, then the one-hots of the categories. */
export interface Table {
  x: Float32Array;
  width: number;
  y: Float64Array;
  w: Float64Array;
  groups: string[];
  cells: string[];
}

const NOT_SIGNALS = new Set(['id', 'group', 'label', 'weight']);
const RARE = 10;

export async function readTable(file: string): Promise<Table> {
  const table = await openParquet(file);
  const rows: Record<string, unknown>[] = [];
  for await (const part of table.rows()) for (const { value } of part.rows) rows.push(value as Record<string, unknown>);
  const n = rows.length;
  const columns: Float32Array[] = [];
  for (const name of table.columns) {
    if (NOT_SIGNALS.has(name)) continue;
    if (rows.some((row) => typeof row[name] === 'string')) columns.push(...oneHots(rows.map((row) => row[name])));
    else columns.push(Float32Array.from(rows, (row) => (typeof row[name] === 'number' ? row[name] : Number.NaN)));
  }
  const width = columns.length;
  const x = new Float32Array(n * width);
  columns.forEach((column, j) => {
    for (let i = 0; i < n; i++) x[i * width + j] = column[i];
  });
  return {
    x,
    width,
    y: Float64Array.from(rows, (row) => Number(row['label'])),
    w: new Float64Array(n).fill(1),
    groups: rows.map((row) => String(row['group'])),
    cells: rows.map((row) => `${row['model']} ${row['task']}`),
  };
}

function oneHots(values: unknown[]): Float32Array[] {
  const counts = new Map<unknown, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts]
    .filter(([value, count]) => typeof value === 'string' && count >= RARE)
    .map(([value]) => Float32Array.from(values, (other) => (other === value ? 1 : 0)));
}

/** One outer fold: rows held out, and for each member the rows it is fitted and stopped on. */
export interface OuterFold {
  held: Int32Array;
  members: { fit: Int32Array; stop: Int32Array }[];
}

export function outerFolds({ groups, cells }: Table, members: number, seed: string, share = 1): OuterFold[] {
  const draw = random(seed);
  const outer = foldsByGroup(groups, 5, draw.fork('outer'), cells);
  const keep = new Set([...new Set(groups)].filter(() => draw.next() < share));
  return [0, 1, 2, 3, 4].map((k) => {
    const held = Int32Array.from(groups.keys()).filter((i) => outer[i] === k);
    const rows = Int32Array.from(groups.keys()).filter((i) => outer[i] !== k && (share === 1 || keep.has(groups[i])));
    const parts = Math.max(members, 7);
    const inner = foldsByGroup(
      Array.from(rows, (i) => groups[i]),
      parts,
      draw.fork(`inner ${k}`),
      Array.from(rows, (i) => cells[i]),
    );
    return {
      held,
      members: Array.from({ length: members }, (_, m) => ({
        fit: rows.filter((_, i) => inner[i] !== m),
        stop: rows.filter((_, i) => inner[i] === m),
      })),
    };
  });
}
