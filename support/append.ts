/** Adds items to the end of a list, one by one: `list.push(...items)` fails with more than about 120,000 items. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/**
 * Adds an item to the list of a key; the first item creates the list. Copying the list for each item would take
 * quadratic time.
 */
export function appendAt<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
