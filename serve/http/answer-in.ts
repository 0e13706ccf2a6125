import { scannedRecord } from '../../data/scan/scanned-record.js';
import { Scanner } from '../../data/scan/scanner.js';
import type { Logged } from '../../data/token-list.js';

let scanner: Scanner | undefined;

/** The answer that a body holds; null where it holds several, or anything that must be parsed whole (which is then said as ever). */
export function answerIn(body: Buffer): Logged | null {
  scanner ??= new Scanner();
  return scannedRecord(scanner, body);
}
