/** How often each name was met, in the order met. A Map: names come from data, and an object has `constructor` and `__proto__` already. */
export type Counts = Map<string, number>;

/** Counts one name, or `n` of it. */
export function addCount(counts: Counts, name: string, n = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + n);
}

export function addCounts(into: Counts, counts: ReadonlyMap<string, number>): void {
  for (const [name, n] of counts) addCount(into, name, n);
}

/** As JSON has them; every name is a key of its own. */
export function countsJson(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(counts);
}
