import { scannedRecord } from '../../data/scan/scanned-record.js';
import { Scanner } from '../../data/scan/scanner.js';
import type { Logged } from '../../data/token-list.js';

let scanner: Scanner | undefined;

/** The answer in a body; null if there are several, or if a full parse is needed (which then also reports errors). */
export function answerIn(body: Buffer): Logged | null {
  scanner ??= new Scanner();
  return scannedRecord(scanner, body);
}
