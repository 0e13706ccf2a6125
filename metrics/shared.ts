import type { Table } from './scored.js';

const keptOf = new WeakMap<Table, Map<unknown, unknown>>();

/**
 * A value that several metrics compute from a table in the same way (an order, a set of bins). It is made once per
 * table.
 */
export function kept<T>(table: Table, make: (table: Table) => T): T {
  let byMake = keptOf.get(table);
  if (byMake === undefined) keptOf.set(table, (byMake = new Map()));
  if (!byMake.has(make)) byMake.set(make, make(table));
  return byMake.get(make) as T;
}

/**
 * The same for a value of a draw: computed once for each `times` array. Arrays are compared by identity, so the array
 * of a draw must never be overwritten.
 */
export function perDraw<T>(of: (times: Float64Array) => T): (times: Float64Array) => T {
  let last: Float64Array | null = null;
  let value: T;
  return (times) => {
    if (times !== last) value = of(times);
    last = times;
    return value;
  };
}
