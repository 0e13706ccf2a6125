import { boundedJson } from '../../../data/read/json/bounded-json.js';
import { Blocks } from '../../work/blocks.js';
import { inTurns } from '../../work/in-turns.js';
import { newPace } from '../../work/pace.js';
import { parseJsonSteps } from '../../work/parse-json.js';

/** One server-sent event: its bytes as they arrived, including its end; its name and its data, null if it has none. */
export interface ServerEvent {
  bytes: Buffer;
  name: string | null;
  data: string | null;
  /** The data as JSON, once they were parsed; undefined if they are not JSON. */
  value?: unknown;
  /** A piece of an event that is longer than the limit. Its content is not read. */
  long?: true;
  /** The stream ended before this event did. */
  cut?: true;
}

/** A blank line: two line ends, each of which may be of any kind. */
const BLANK = /(?:\r\n|\n|\r(?!\n))(?:\r\n|\n|\r)/;
const ENDS_BLANK = new RegExp(`${BLANK.source}$`);

/** Longer data are parsed in slices before the event is passed on. */
const LONG = 1 << 16;

/**
 * Divides a stream of server-sent events at the blank lines, and yields each event as soon as it is complete. The bytes
 * of all events together are the bytes that arrived; what follows the last blank line comes last. An event of more than
 * `most` bytes comes in pieces, as it arrives. Source: WHATWG HTML, section 9.2.6. Cost: linear, however the bytes are
 * divided.
 */
export async function* eventsOf(body: AsyncIterable<Buffer>, most = Infinity): AsyncGenerator<ServerEvent> {
  const end = new RegExp(BLANK, 'g'); // a new one for each stream, because one stream may be read inside another
  const held = new Blocks();
  const pace = newPace();
  let tail = ''; // the last bytes so far, which may contain the beginning of an end
  let long = false;
  for await (const chunk of withoutMark(body)) {
    await pace(); // chunks that have arrived come without a pass of the event loop between them
    if (chunk === MARK) {
      yield { bytes: MARK, name: null, data: null };
      continue;
    }
    const text = tail + chunk.toString('latin1'); // one character per byte
    let from = 0;
    let cut = 0;
    end.lastIndex = 0;
    while (end.test(text)) {
      cut = end.lastIndex;
      const to = cut - tail.length;
      held.push(chunk.subarray(from, to));
      yield await read(held.take(), long);
      long = false;
      from = to;
      await pace();
    }
    tail = text.slice(Math.max(cut, text.length - 3));
    if (from < chunk.length) held.push(chunk.subarray(from));
    if (held.size <= most && !(long && held.size > 0)) continue;
    long = true;
    for (const bytes of held.take()) yield { bytes, name: null, data: null, long };
  }
  if (held.size > 0 || long) yield { ...(await read(held.take(), long)), cut: true };
}

/** The byte order mark. It stands before the first event, and stays there if others are put before that one. */
const MARK = Buffer.from('\uFEFF');

/** The chunks, with a byte order mark at their beginning as a chunk of its own: MARK itself. */
async function* withoutMark(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let begin: Buffer | null = Buffer.alloc(0);
  for await (const chunk of body) {
    if (begin === null) {
      yield chunk;
      continue;
    }
    begin = Buffer.concat([begin, chunk]);
    if (begin.length < MARK.length && MARK.subarray(0, begin.length).equals(begin)) continue;
    const marked = MARK.equals(begin.subarray(0, MARK.length));
    if (marked) yield MARK;
    yield marked ? begin.subarray(MARK.length) : begin;
    begin = null;
  }
  if (begin !== null && begin.length > 0) yield begin;
}

/** Whether an event is complete, or a piece of a long one. Only the last event of a stream may be incomplete. */
export function isWhole({ bytes, long, cut }: ServerEvent): boolean {
  if (bytes.equals(MARK)) return true;
  return long ? cut !== true : ENDS_BLANK.test(bytes.toString('latin1', Math.max(0, bytes.length - 4)));
}

function read(blocks: Buffer[], long: boolean): ServerEvent | Promise<ServerEvent> {
  const bytes = blocks.length === 1 ? blocks[0] : Buffer.concat(blocks);
  if (long) return { bytes, name: null, data: null, long };
  const event = eventOf(bytes);
  return event.data !== null && event.data.length > LONG ? parsedAhead(event, event.data) : event;
}

async function parsedAhead(event: ServerEvent, data: string): Promise<ServerEvent> {
  const value = await inTurns(parseJsonSteps(data)).catch((error: unknown) => {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  });
  return { ...event, value };
}

/** llama.cpp writes failures as a field of its own: `error: {…}`. */
const FIELD = /^(data|event|error): ?(.*)$/s;

function eventOf(bytes: Buffer): ServerEvent {
  const data: string[] = [];
  let name: string | null = null;
  for (const line of textOf(bytes).split(LINE_END)) {
    const [, field, value] = FIELD.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value;
    else if (field === 'error') name = 'error';
  }
  return { bytes, name, data: data.length === 0 ? null : data.join('\n') };
}

const LINE_END = /\r\n|\n|\r/;

function textOf(bytes: Buffer): string {
  return bytes.equals(MARK) ? '' : bytes.toString();
}

/** Whether each line is a comment or a field that events have. */
export function holdsFieldsOnly({ bytes }: ServerEvent): boolean {
  return textOf(bytes)
    .split(LINE_END)
    .every((line) => line === '' || /^(?:data|event|id|retry|error)?(?::|$)/.test(line));
}

/** Whether the data are on one line, as all the APIs write them. Clients join several lines, or read each by itself. */
export function isOnOneLine({ bytes }: ServerEvent): boolean {
  return textOf(bytes).split(LINE_END).filter(isData).length <= 1;
}

/** JSON on one line. Line ends in its strings are escaped, so any others are white space. */
function onOneLine(json: string): string {
  return /[\r\n]/.test(json) ? json.replaceAll(/[\r\n]/g, ' ') : json;
}

/** The event with other JSON as its data. Its other fields stay. */
export function withData(event: ServerEvent, json: string): ServerEvent {
  if (event.data === null) return event;
  const put = onOneLine(json);
  const lines = textOf(event.bytes).split(/(?<=\r\n|\n|\r(?!\n))/);
  const last = lines.findLastIndex(isData); // its line end belongs to the blank line after the event
  const kept = lines.filter((line, i) => i === last || !isData(line));
  const text = kept.map((line) => (isData(line) ? `data: ${put}${/[\r\n]*$/.exec(line)?.[0] ?? ''}` : line)).join('');
  return { bytes: Buffer.from(text), name: event.name, data: put };
}

function isData(line: string): boolean {
  return line.startsWith('data:');
}

/** A new event with this data. */
export function eventWith(data: unknown, name: string | null = null): ServerEvent {
  const text = typeof data === 'string' ? onOneLine(data) : JSON.stringify(data);
  return { bytes: Buffer.from(`${name === null ? '' : `event: ${name}\n`}data: ${text}\n\n`), name, data: text };
}

/** The data of an event as JSON; undefined if they are not JSON. They are parsed once. */
export function parsed(event: ServerEvent): unknown {
  if ('value' in event) return event.value;
  try {
    event.value = event.data === null ? undefined : boundedJson(event.data);
  } catch {
    event.value = undefined;
  }
  return event.value;
}
