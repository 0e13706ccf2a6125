/** Adds items to the end of a list, one by one: `list.push(...items)` fails beyond some 120,000 of them. */
export function append<T>(list: T[], items: Iterable<T>): void {
  for (const item of items) list.push(item);
}
