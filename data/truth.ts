/**
 * Reads a truth value as tables and hand-written lines have it: true and false in any case, 1 and 0. Any other value
 * stays as it is.
 */
export function truthOf(value: unknown): unknown {
  const word = typeof value === 'string' ? value.trim().toLowerCase() : value;
  if (word === 'true' || word === '1' || word === 1) return true;
  if (word === 'false' || word === '0' || word === 0) return false;
  return value;
}
