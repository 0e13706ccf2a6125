import type { Compilable, CompiledQuery, DialectAdapter } from 'kysely';
import type { Open } from './schema.js';

/** Stands for a value while a statement is built. */
class Place {
  constructor(readonly name: string) {}
}

interface Statement<Row> {
  query: CompiledQuery<Row>;
  /** For each parameter: the name of its value, or null if it is the same in every call. */
  names: (string | null)[];
}

/**
 * A statement that is built and compiled once for each kind of database, and then only gets its values. The builder makes
 * a hundred objects for a small statement, which cost more than SQLite needs to run it. No value may be null: a
 * condition on null is another statement.
 */
export function compiledOnce<Values extends Record<string, string | number>, Row>(
  build: (db: Open, values: Values) => Compilable<Row>,
): (db: Open, values: Values) => Promise<Row[]> {
  const made = new WeakMap<DialectAdapter, Statement<Row>>();
  const places = new Proxy({} as Values, { get: (_, name) => new Place(String(name)) });
  return async (db, values) => {
    const { adapter } = db.getExecutor();
    let statement = made.get(adapter);
    if (statement === undefined) {
      const query = build(db, places).compile();
      const names = query.parameters.map((each) => (each instanceof Place ? each.name : null));
      statement = { query, names };
      made.set(adapter, statement);
    }
    const { query, names } = statement;
    const parameters = names.map((name, i) => (name === null ? query.parameters[i] : values[name]));
    return (await db.executeQuery<Row>({ ...query, parameters })).rows;
  };
}
