import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { inError } from '../../support/atomic.js';

/** A line of a file: its text, its number from 1, its first byte and the byte after its newline, and whether it has one. */
export interface Line {
  text: string;
  number: number;
  start: number;
  end: number;
  whole: boolean;
}

/** The lines of a text file, plain or gzip by its ending; empty ones are passed over. Flat memory. */
export async function* readLines(file: string): AsyncGenerator<Line> {
  const raw = createReadStream(file);
  const stream = /\.gz$/i.test(file) ? raw.pipe(createGunzip()) : raw;
  if (stream !== raw) raw.on('error', (error) => stream.destroy(error));
  let rest: Buffer = Buffer.alloc(0);
  let at = 0;
  let number = 0;
  const line = (bytes: Buffer, whole: boolean): Line => {
    const start = at;
    const text = bytes.toString('utf8');
    at += bytes.length + (whole ? 1 : 0);
    return { text: start === 0 ? text.replace(/^\uFEFF/, '') : text, number: ++number, start, end: at, whole };
  };
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
      for (let cut = bytes.indexOf(10); cut >= 0; cut = bytes.indexOf(10)) {
        const next = line(bytes.subarray(0, cut), true);
        if (next.text.trim() !== '') yield next;
        bytes = bytes.subarray(cut + 1);
      }
      rest = bytes;
    }
  } catch (error) {
    throw inError(file, error);
  }
  if (rest.length > 0) {
    const last = line(rest, false);
    if (last.text.trim() !== '') yield last;
  }
}
