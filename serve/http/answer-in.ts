import { scannedAnswer } from '../../data/scan/scanned-answer.js';
import { Scanner } from '../../data/scan/scanner.js';
import type { Answer } from '../../data/token-list.js';

let scanner: Scanner | undefined;

/** The answer that a body holds; null where it holds several, or anything that must be parsed whole (which is then said as ever). */
export function answerIn(body: Buffer): Answer | null {
  scanner ??= new Scanner();
  return scannedAnswer(scanner, body, 0, body.length);
}
