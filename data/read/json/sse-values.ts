import { append } from '../../../support/append.js';
import { linesOf } from '../lines.js';
import { type JsonValue, newJsonCutter } from './json-values.js';

/** Whether a text begins like Server-Sent Events: comments and other fields, then `data:`. */
export function isEventStream(head: string): boolean {
  return /^\uFEFF?(?:\s*(?:event|id|retry)?:[^\r\n]*[\r\n]+)*\s*data:/.test(head);
}

const FIELD = /^(data|event|id|retry)?: ?(.*)$/s;

/**
 * The JSON values of stored Server-Sent Events, that is, what follows `data:`; yields those of one chunk at a time. The
 * data of one event may take several lines, and no blank line is needed between events. `[DONE]`, comments and the
 * fields event, id and retry are skipped. Any other line is a value of its own, so that an error in a stream is
 * reported. Source: the event stream format, https://html.spec.whatwg.org/multipage/server-sent-events.html (looked up
 * 2026-11).
 */
export async function* sseValuesOf(chunks: AsyncIterable<Buffer>, mostLine?: number): AsyncGenerator<JsonValue[]> {
  let cutter = newJsonCutter();
  let next = 1; // the number of the line after the last one read
  for await (const lines of linesOf(chunks, mostLine)) {
    const values: JsonValue[] = [];
    for (const { text, number, longer } of lines) {
      const [, field, data] = longer === undefined ? (FIELD.exec(text) ?? []) : [];
      const ends = data === undefined || data.trim() === '[DONE]' || (field !== undefined && field !== 'data');
      if (number > next || ends) {
        append(values, cutter.end()); // a blank line, or a line like this one, ends the event before it
        cutter = newJsonCutter(ends ? number + 1 : number);
      }
      next = number + 1;
      if (data === undefined) values.push({ text: text.trim(), line: number, longer });
      else if (!ends) append(values, cutter.take(Buffer.from(field === undefined ? '\n' : `${data}\n`)));
    }
    if (values.length > 0) yield values;
  }
  const rest = cutter.end();
  if (rest.length > 0) yield rest;
}
