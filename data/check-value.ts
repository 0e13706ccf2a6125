import { SHARE_SLACK } from './record.js';

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
  throw new Wrong(field, 'text', got);
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

/** A number in [0, 1], or nothing; one beyond by a rounding is set to 0 or 1. `field` names the place of `key`. */
export function share(value: Fields, key: string, field: string, hint?: string, code?: 'BAD_LABEL'): void {
  const got = value[key];
  if (got == null) return;
  if (!isNumber(got)) throw new Wrong(field, 'a number in 0..1', got, undefined, code);
  if (got >= 0 && got <= 1) return;
  if (!isRoundedShare(got)) throw new Wrong(field, 'a number in 0..1', got, got > 1 ? hint : undefined, code);
  value[key] = got < 0 ? 0 : 1;
}

/** Whether a number outside of [0, 1] is no further than a rounding may have brought it. */
export function isRoundedShare(value: number): boolean {
  return (value < 0 && value >= -SHARE_SLACK) || (value > 1 && value <= 1 + SHARE_SLACK);
}
