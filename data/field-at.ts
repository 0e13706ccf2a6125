/** The value at a dotted path, `features.tenant` say, or of a key that holds the dots itself; undefined where the path ends early. */
export function fieldAt(record: unknown, path: string): unknown {
  if (record !== null && typeof record === 'object' && path in record) return (record as Record<string, unknown>)[path];
  if (!path.includes('.')) return undefined;
  let value = record;
  for (const key of path.split('.')) {
    if (value === null || typeof value !== 'object') return undefined;
    value = (value as Record<string, unknown>)[key];
  }
  return value;
}
