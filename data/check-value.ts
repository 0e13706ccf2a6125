/** A wrong field before it has a place. */
export class Wrong {
  constructor(
    readonly field: string,
    readonly expected: string,
    readonly got: unknown,
    readonly hint?: string,
    readonly code: 'BAD_RECORD' | 'BAD_LABEL' = 'BAD_RECORD',
  ) {}
}

/** An object of whatever fields a line holds. */
export type Fields = Record<string, unknown>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Text, or nothing. */
export function text(value: Fields, key: string, field: string): void {
  const got = value[key];
  if (got == null || typeof got === 'string') return;
  throw new Wrong(field, 'text', got, field === key ? `To take it as text, say --map ${key}=${key}.` : undefined);
}

/** A list, or nothing as an empty one. */
export function list(value: unknown, field: string, of: string): unknown[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw new Wrong(field, `a list of ${of}`, value);
  return value;
}

/** A list of texts, or nothing. */
export function texts(value: unknown, field: string): void {
  const items = list(value, field, 'texts');
  for (let i = 0; i < items.length; i++) {
    if (typeof items[i] !== 'string') throw new Wrong(`${field}[${i}]`, 'text', items[i]);
  }
}

/** A number as JSON has them: finite. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** A list of numbers, or nothing. */
export function numbers(value: unknown, field: string): void {
  const items = list(value, field, 'numbers');
  for (let i = 0; i < items.length; i++) {
    if (!isNumber(items[i])) throw new Wrong(`${field}[${i}]`, 'a number', items[i]);
  }
}

/** A number in [0, 1], or nothing. */
export function share(value: unknown, field: string, hint?: string, code?: 'BAD_LABEL'): void {
  if (value == null) return;
  if (!isNumber(value)) throw new Wrong(field, 'a number in 0..1', value, undefined, code);
  if (value < 0 || value > 1) throw new Wrong(field, 'a number in 0..1', value, value > 1 ? hint : undefined, code);
}
