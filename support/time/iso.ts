/** A time in milliseconds since 1970 in ISO 8601; null for none. */
export function iso(time: number | null): string | null {
  return time === null ? null : new Date(time).toISOString();
}
