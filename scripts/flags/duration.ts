import { VouchError } from '../../support/errors.js';

/** Seconds of each unit. */
const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** The seconds in a length of time such as `30m`, `1h` or `1d`. Error: BAD_USAGE. */
export function duration(text: string): number {
  const [, value, unit] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text.trim()) ?? [];
  const seconds = Number(value) * UNITS[unit];
  if (seconds >= 1) return seconds;
  throw new VouchError('BAD_USAGE', 'not a length of time', { expected: '30m, 1h or 1d; 1s or more', got: text });
}
