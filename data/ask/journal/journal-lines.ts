import { createReadStream } from 'node:fs';
import { inError } from '../../../support/atomic.js';

/**
 * A line of a journal: its text, its number from 1, its first byte and the byte after it, and whether it ends with a
 * newline.
 */
interface JournalLine {
  text: string;
  number: number;
  start: number;
  end: number;
  whole: boolean;
}

const NEWLINE = 10;

/**
 * The lines of a journal with their byte positions, so that a line can be read again or cut off. Memory: one chunk and
 * one line.
 */
export async function* journalLines(file: string): AsyncGenerator<JournalLine> {
  let rest: Buffer = Buffer.alloc(0);
  let start = 0;
  let number = 0;
  try {
    for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let cut = bytes.indexOf(NEWLINE); cut >= 0; cut = bytes.indexOf(NEWLINE)) {
        const end = start + cut + 1;
        yield { text: bytes.toString('utf8', 0, cut), number: ++number, start, end, whole: true };
        bytes = bytes.subarray(cut + 1);
        start = end;
      }
      rest = bytes;
    }
  } catch (error) {
    throw inError(file, error);
  }
  const end = start + rest.length;
  if (rest.length > 0) yield { text: rest.toString('utf8'), number: ++number, start, end, whole: false };
}
