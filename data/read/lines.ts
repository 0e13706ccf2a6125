import { isUtf8 } from 'node:buffer';

/** A line without its newline, and its number, counted from 1. */
export interface Line {
  text: string;
  number: number;
  /** The line contained bytes that are not UTF-8; they were replaced in the text. */
  isDamaged?: true;
  /** Set if the line is longer than allowed: its length in bytes. The text is then only its beginning. */
  longer?: number;
}

/** The same line as bytes: `bytes[from…to)`. Nobody may change them later. */
export interface ByteLine {
  bytes: Buffer;
  from: number;
  to: number;
  number: number;
  /** Set if the line is longer than allowed: its length in bytes. `bytes` then has only its beginning. */
  longer?: number;
}

/** Default for the maximum bytes of a line. Longer lines are set aside. */
export const MOST_LINE = 64 * 2 ** 20;
/** How many bytes are kept of a line that is too long. */
const BEGINNING = 256;

const NEWLINE = 10;
const RETURN = 13;
const BRACE = 123;

/**
 * Splits UTF-8 text into lines; yields the lines of one chunk at a time. Lines end with
 * or \r
 * . A byte order mark is dropped. Blank lines are skipped but counted. Of a line with more than `most` bytes only the
 * beginning is kept. Memory: one chunk and one line.
 */
export async function* byteLinesOf(chunks: AsyncIterable<Buffer>, most = MOST_LINE): AsyncGenerator<ByteLine[]> {
  let kept: Buffer[] = [];
  let size = 0;
  let number = 0;
  const keep = (part: Buffer): void => {
    if (size <= most && size + part.length > most) kept = [beginningOf([...kept, part])];
    else if (size <= most) kept.push(part);
    size += part.length;
  };
  const end = (lines: ByteLine[]): void => {
    const whole = kept.length === 1 ? kept[0] : Buffer.concat(kept);
    number++;
    if (size > most) lines.push({ bytes: whole, from: 0, to: whole.length, number, longer: size });
    else add(lines, whole, 0, size, number);
    kept = [];
    size = 0;
  };
  for await (const chunk of chunks) {
    const lines: ByteLine[] = [];
    let start = 0;
    let cut = chunk.indexOf(NEWLINE);
    while (cut >= 0) {
      if (size > 0 || cut - start > most) {
        keep(chunk.subarray(start, cut));
        end(lines);
      } else add(lines, chunk, start, cut, ++number);
      start = cut + 1;
      cut = chunk.indexOf(NEWLINE, start);
    }
    if (start < chunk.length) keep(chunk.subarray(start));
    if (lines.length > 0) yield lines;
  }
  const lines: ByteLine[] = [];
  if (size > 0) end(lines);
  if (lines.length > 0) yield lines;
}

/** The first bytes of a line, copied, so that the rest can be freed. */
function beginningOf(parts: readonly Buffer[]): Buffer {
  const first: Buffer[] = [];
  for (let i = 0, size = 0; i < parts.length && size < BEGINNING; i++) {
    first.push(parts[i].subarray(0, BEGINNING - size));
    size += first[i].length;
  }
  return Buffer.concat(first);
}

/** The same lines as text. */
export async function* linesOf(chunks: AsyncIterable<Buffer>, most?: number): AsyncGenerator<Line[]> {
  for await (const lines of byteLinesOf(chunks, most)) yield lines.map(lineOf);
}

export function lineOf({ bytes, from, to, number, longer }: ByteLine): Line {
  const text = bytes.toString('utf8', from, to);
  if (longer !== undefined) return { text, number, longer };
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

/** Whether a line is only white space, in any script. Long lines are never blank: they are not searched. */
function isBlank(bytes: Buffer, from: number, to: number): boolean {
  if (to - from > 1024) return false;
  const text = bytes.toString('utf8', from, to);
  return text.length <= 256 && text.trim() === '';
}
