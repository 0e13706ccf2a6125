import type { Random } from '../../support/random.js';

/** One of `items`, uniformly at random. */
export function pick<T>(random: Random, items: readonly T[]): T {
  return items[random.int(items.length)];
}

/** `count` different elements of `items`, in random order. */
export function sample<T>(random: Random, items: readonly T[], count: number): T[] {
  return random.shuffle([...items]).slice(0, count);
}

/** Calls `make` until there are `count` items with different keys. It stops after 200 calls without a new key. */
export function distinct<T>(count: number, key: (item: T) => string, make: (index: number) => T): T[] {
  const found = new Map<string, T>();
  for (let misses = 0; found.size < count && misses < 200; ) {
    const item = make(found.size);
    if (found.has(key(item))) misses++;
    else {
      found.set(key(item), item);
      misses = 0;
    }
  }
  return [...found.values()];
}
