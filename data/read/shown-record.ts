import { thousands } from '../../support/words/thousands.js';
import type { LoggedRecord } from '../record.js';

const TEXT = 160;
const LIST = 3;

/**
 * A record for people to read, one line per field. Long texts are cut. Of a long list it shows the first items and how
 * many follow.
 */
export function shownRecord(record: LoggedRecord): string {
  const fields = Object.entries(record).filter(([, value]) => value != null);
  return fields.map(([key, value]) => `  ${key}: ${JSON.stringify(shown(value))}`).join('\n');
}

function shown(value: unknown): unknown {
  if (typeof value === 'string' && value.length > TEXT)
    return `${value.slice(0, TEXT)}… (${thousands(value.length)} characters)`;
  if (Array.isArray(value)) {
    const first = value.slice(0, LIST).map(shown);
    return value.length > LIST ? [...first, `… ${thousands(value.length - LIST)} more`] : first;
  }
  if (typeof value === 'number' && !Number.isFinite(value)) return String(value); // JSON has no −Infinity
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, shown(inner)]));
}
