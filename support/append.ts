/** Adds items to the end of a list, one by one: `list.push(...items)` fails beyond some 120,000 of them. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}

/** Adds an item to the list under a key, which is made for the first. Copying the list for each item takes time by the square. */
export function appendAt<K, T>(lists: Map<K, T[]>, key: K, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}
