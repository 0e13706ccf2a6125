import type { SqliteDatabase, SqliteStatement } from 'kysely';
import type Libsql from 'libsql';

/** The most prepared statements that are kept. */
const MOST = 100;

/**
 * A database that prepares a statement once, and keeps it: preparing costs several times what running a small one costs,
 * and a service runs the same statements all day. The statement that was not used for longest goes first. Rows that are
 * read one by one have a statement of their own, because the same one may be asked again before they end.
 */
export function keptStatements(database: Libsql.Database): SqliteDatabase {
  const kept = new Map<string, SqliteStatement>();
  const newStatement = (sql: string) => database.prepare(sql) as unknown as SqliteStatement;
  return {
    close: () => {
      kept.clear();
      database.close();
    },
    prepare: (sql) => {
      const found = kept.get(sql) ?? newStatement(sql);
      kept.delete(sql);
      kept.set(sql, found);
      if (kept.size > MOST) kept.delete(kept.keys().next().value!);
      return {
        reader: found.reader,
        all: (values) => found.all(values),
        run: (values) => found.run(values),
        iterate: (values) => newStatement(sql).iterate(values),
      };
    },
  };
}
