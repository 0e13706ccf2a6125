/**
 * A stored time as ISO 8601, from dates of tables; from text (without a zone it is UTC); or from a number of seconds,
 * milli-, micro- or nanoseconds since 1970.
 */
export function timeOf(value: unknown): string | undefined {
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value.toISOString();
  if (typeof value === 'bigint') return timeOf(Number(value));
  if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[ T]\d\d:\d\d/.test(value)) {
    const text = value.replace(' ', 'T');
    return /(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`;
  }
  const number = typeof value === 'string' && /^\d+(\.\d+)?$/.test(value) ? Number(value) : value;
  if (typeof number !== 'number' || !(number > 0)) return undefined;
  const scale = number > 1e17 ? 1e-6 : number > 1e14 ? 1e-3 : number > 1e11 ? 1 : 1e3;
  const time = new Date(number * scale);
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString();
}
