/**
 * A deep copy of plain objects and lists; everything else is taken as it is. Checking changes a record in place, and a
 * caller's record must stay as it was.
 */
export function copied<T>(value: T): T {
  if (Array.isArray(value)) return value.map(copied) as T;
  if (value === null || typeof value !== 'object') return value;
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return value;
  const copy: Record<string, unknown> = Object.create(null);
  for (const key of Object.keys(value)) copy[key] = copied((value as Record<string, unknown>)[key]);
  return Object.setPrototypeOf(copy, Object.prototype) as T;
}
