/** An object of whatever fields a foreign line holds. */
export type Fields = Record<string, unknown>;

/** The value as an object: itself, or parsed where it was stored as JSON text; null where it is none. */
export function objectOf(value: unknown): Fields | null {
  if (typeof value === 'string' && value.startsWith('{')) {
    try {
      return objectOf(JSON.parse(value));
    } catch {
      return null;
    }
  }
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : null;
}
