import { isUtf8 } from 'node:buffer';
import { NO_UTF8 } from './csv/marked.js';

const REPLACEMENT = '\uFFFD';

/** Bytes as text, with `NO_UTF8` where they are no UTF-8, so that the reader can refuse them: a label must not rest on "M�nchen". */
export function utf8Text(bytes: Buffer, from = 0, to = bytes.length): string {
  const text = bytes.toString('utf8', from, to);
  const hides = text.includes(REPLACEMENT) && !isUtf8(bytes.subarray(from, to));
  return hides ? text.replaceAll(REPLACEMENT, NO_UTF8) : text;
}
