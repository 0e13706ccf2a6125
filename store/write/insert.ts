import type { CompiledQuery, DialectAdapter, InsertObject } from 'kysely';
import type { Open, Tables } from '../schema.js';

/** Rows per statement: the fewer sizes there are, the fewer statements are compiled and prepared. */
const SIZES = [64, 8, 1] as const;

type Table = 'vouch_scored' | 'vouch_feedback';

interface Inserted<Name extends Table> {
  table: Name;
  /** The columns that all rows have. */
  columns: readonly (keyof Tables[Name] & string)[];
  rows: readonly Tables[Name][];
}

/** Adds rows with statements that are compiled once for each number of rows. */
export async function insertRows<Name extends Table>(
  db: Open,
  { table, columns, rows }: Inserted<Name>,
): Promise<void> {
  let from = 0;
  for (const size of SIZES) {
    for (; rows.length - from >= size; from += size) {
      const parameters: unknown[] = [];
      for (let i = from; i < from + size; i++) for (const name of columns) parameters.push(rows[i][name]);
      await db.executeQuery({ ...statement(db, { table, columns, size }), parameters });
    }
  }
}

const made = new WeakMap<DialectAdapter, Map<string, CompiledQuery>>();

interface Shape {
  table: Table;
  columns: readonly string[];
  size: number;
}

/** The statement with values that only keep the places. Its parameters are the columns of the first row, of the second … */
function statement(db: Open, { table, columns, size }: Shape): CompiledQuery {
  const { adapter } = db.getExecutor();
  const own = made.get(adapter) ?? new Map<string, CompiledQuery>();
  made.set(adapter, own);
  const name = `${table} ${size}`;
  const found = own.get(name);
  if (found !== undefined) return found;
  const row = Object.fromEntries(columns.map((column) => [column, 0]));
  const rows = Array.from({ length: size }, () => row) as unknown as InsertObject<Tables, Table>[];
  const query = db.insertInto(table).values(rows).compile();
  own.set(name, query);
  return query;
}
