import type { Table } from './scored.js';

const keptOf = new WeakMap<Table, Map<unknown, unknown>>();

/** What several metrics make of one table in the same way (an order, a set of bins), made once per table. */
export function kept<T>(table: Table, make: (table: Table) => T): T {
  let byMake = keptOf.get(table);
  if (byMake === undefined) keptOf.set(table, (byMake = new Map()));
  if (!byMake.has(make)) byMake.set(make, make(table));
  return byMake.get(make) as T;
}

/** The same for a value of a draw: computed once for each `times`, known by identity, so a draw is never written again. */
export function perDraw<T>(of: (times: Float64Array) => T): (times: Float64Array) => T {
  let last: Float64Array | null = null;
  let value: T;
  return (times) => {
    if (times !== last) value = of(times);
    last = times;
    return value;
  };
}
