/** A line without its newline, and its number from 1. */
export interface Line {
  text: string;
  number: number;
}

const NEWLINE = 10;
const RETURN = 13;

/**
 * The lines of a UTF-8 text, those of one chunk at a time: split by hand on \n, \r\n tolerated, a byte order mark dropped,
 * blank lines passed over but counted. Memory: one chunk and one line.
 */
export async function* linesOf(chunks: AsyncIterable<Buffer>): AsyncGenerator<Line[]> {
  let kept: Buffer[] = [];
  let number = 0;
  for await (const chunk of chunks) {
    const lines: Line[] = [];
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
    const lines: Line[] = [];
    add(lines, whole, 0, whole.length, ++number);
    if (lines.length > 0) yield lines;
  }
}

function add(lines: Line[], bytes: Buffer, start: number, end: number, number: number): void {
  const stop = end > start && bytes[end - 1] === RETURN ? end - 1 : end;
  if (stop === start) return;
  let text = bytes.toString('utf8', start, stop);
  if (number === 1 && text.charCodeAt(0) === 0xfeff) text = text.slice(1);
  if (text.length > 256 || text.trim() !== '') lines.push({ text, number });
}
