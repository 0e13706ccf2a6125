import { isUtf8 } from 'node:buffer';

/** A line without its newline, and its number from 1. */
export interface Line {
  text: string;
  number: number;
  /** Bytes that are no UTF-8 were replaced in the text. */
  isDamaged?: true;
}

/** The same as bytes: `bytes[from…to)`, which nobody changes later. */
export interface ByteLine {
  bytes: Buffer;
  from: number;
  to: number;
  number: number;
}

const NEWLINE = 10;
const RETURN = 13;
const BRACE = 123;

/**
 * The lines of a UTF-8 text, those of one chunk at a time: split by hand on \n, \r\n tolerated, a byte order mark dropped,
 * blank lines passed over but counted. Memory: one chunk and one line.
 */
export async function* byteLinesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<ByteLine[]> {
  let kept: Buffer[] = [];
  let number = 0;
  for await (const chunk of chunks) {
    const lines: ByteLine[] = [];
    let start = 0;
    let cut = chunk.indexOf(NEWLINE);
    if (cut >= 0 && kept.length > 0) {
      const whole = Buffer.concat([...kept, chunk.subarray(0, cut)]);
      kept = [];
      add(lines, whole, 0, whole.length, ++number);
      start = cut + 1;
      cut = chunk.indexOf(NEWLINE, start);
    }
    while (cut >= 0) {
      add(lines, chunk, start, cut, ++number);
      start = cut + 1;
      cut = chunk.indexOf(NEWLINE, start);
    }
    if (start < chunk.length) kept.push(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  if (kept.length > 0) {
    const whole = Buffer.concat(kept);
    const lines: ByteLine[] = [];
    add(lines, whole, 0, whole.length, ++number);
    if (lines.length > 0) yield lines;
  }
}

/** The same as texts. */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  for await (const lines of byteLinesOf(chunks)) yield lines.map(lineOf);
}

export function lineOf({ bytes, from, to, number }: ByteLine): Line {
  const text = bytes.toString('utf8', from, to);
  const isDamaged = text.includes('\uFFFD') && !isUtf8(bytes.subarray(from, to));
  return isDamaged ? { text, number, isDamaged } : { text, number };
}

function add(lines: ByteLine[], bytes: Buffer, start: number, end: number, number: number): void {
  const from = number === 1 && startsWithMark(bytes, start, end) ? start + 3 : start;
  const to = end > from && bytes[end - 1] === RETURN ? end - 1 : end;
  if (to > from && (bytes[from] === BRACE || !isBlank(bytes, from, to))) lines.push({ bytes, from, to, number });
}

function startsWithMark(bytes: Buffer, from: number, to: number): boolean {
  return to - from >= 3 && bytes[from] === 0xef && bytes[from + 1] === 0xbb && bytes[from + 2] === 0xbf;
}

/** Blanks of all alphabets; what is long is no blank line. */
function isBlank(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > 1024) return false;
  const text = bytes.toString('utf8', from, to);
  return text.length <= 256 && text.trim() === '';
}
