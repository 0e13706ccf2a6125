/**
 * How often each name occurred, in the order of first occurrence. A Map, because names come from data and an object
 * already has keys such as `constructor` and `__proto__`.
 */
export type Counts = Map<string, number>;

/** Adds `n` to the count of a name. */
export function addCount(counts: Counts, name: string, n = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + n);
}

export function addCounts(into: Counts, counts: ReadonlyMap<string, number>): void {
  for (const [name, n] of counts) addCount(into, name, n);
}

/** The counts as a JSON object. Every name is a key, also `__proto__`. */
export function countsJson(counts: ReadonlyMap<string, number>): Record<string, number> {
  return Object.fromEntries(counts);
}
