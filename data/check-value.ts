import { SHARE_SLACK } from './record.js';

/** A wrong field, before its file and line are known. */
export class Wrong {
  constructor(
    readonly field: string,
    readonly expected: string,
    readonly got: unknown,
    readonly hint?: string,
    readonly code: 'BAD_RECORD' | 'BAD_LABEL' = 'BAD_RECORD',
  ) {}
}

/** The fields of a line, of any name and type. */
export type Fields = Record<string, unknown>;

export function isObject(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Checks that a field is text or missing. */
export function text(value: Fields, key: string, field: string): void {
  const got = value[key];
  if (got == null || typeof got === 'string') return;
  throw new Wrong(field, 'text', got);
}

/** Checks that a value is a list or missing, and returns it (an empty list if missing). */
export function list(value: unknown, field: string, of: string): unknown[] {
  if (value == null) return [];
  if (!Array.isArray(value)) throw new Wrong(field, `a list of ${of}`, value);
  return value;
}

/** Checks that a value is a list of texts or missing. */
export function texts(value: unknown, field: string): void {
  const items = list(value, field, 'texts');
  for (let i = 0; i < items.length; i++) {
    if (typeof items[i] !== 'string') throw new Wrong(`${field}[${i}]`, 'text', items[i]);
  }
}

/** Whether a value is a finite number, as all numbers in JSON are. */
export function isNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Checks that a value is a list of numbers or missing. */
export function numbers(value: unknown, field: string): void {
  const items = list(value, field, 'numbers');
  for (let i = 0; i < items.length; i++) {
    if (!isNumber(items[i])) throw new Wrong(`${field}[${i}]`, 'a number', items[i]);
  }
}

/**
 * Checks that a field is a number in [0, 1] or missing. A value that rounding put outside becomes 0 or 1. `field` is
 * the path of `key` for the error.
 */
export function share(value: Fields, key: string, field: string, hint?: string, code?: 'BAD_LABEL'): void {
  const got = value[key];
  if (got == null) return;
  if (!isNumber(got)) throw new Wrong(field, 'a number in 0..1', got, undefined, code);
  if (got >= 0 && got <= 1) return;
  if (!isRoundedShare(got)) throw new Wrong(field, 'a number in 0..1', got, got > 1 ? hint : undefined, code);
  value[key] = got < 0 ? 0 : 1;
}

/** Whether a number is outside [0, 1], but no further than rounding explains. */
export function isRoundedShare(value: number): boolean {
  return (value < 0 && value >= -SHARE_SLACK) || (value > 1 && value <= 1 + SHARE_SLACK);
}
