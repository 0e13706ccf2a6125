import { boundedJson } from '../../../data/read/bounded-json.js';
/** One server-sent event: its bytes as they came, its end included; its name and its data, null where it has none. */
export interface ServerEvent {
  bytes: Buffer;
  name: string | null;
  data: string | null;
}

/**
 * Cuts a stream of server-sent events at the blank lines, as soon as each is whole. Joined, the bytes are those that came; what
 * stands behind the last blank line comes last. Source: WHATWG HTML, section 9.2.6.
 */
export async function* eventsOf(body: AsyncIterable<Buffer>): AsyncGenerator<ServerEvent> {
  const end = /\r\n\r\n|\n\n|\r\r/g; // its own: streams are read inside one another
  let rest = '';
  for await (const chunk of body) {
    rest += chunk.toString('latin1'); // a byte a character, so that nothing is lost where a character is cut
    let from = 0;
    end.lastIndex = 0;
    while (end.test(rest)) {
      yield eventOf(rest.slice(from, end.lastIndex));
      from = end.lastIndex;
    }
    rest = rest.slice(from);
  }
  if (rest !== '') yield eventOf(rest);
}

/** llama.cpp writes failures as a field of its own: `error: {…}`. */
const FIELD = /^(data|event|error): ?(.*)$/s;

function eventOf(latin: string): ServerEvent {
  const bytes = Buffer.from(latin, 'latin1');
  const data: string[] = [];
  let name: string | null = null;
  for (const line of bytes.toString().split(LINE_END)) {
    const [, field, value] = FIELD.exec(line) ?? [];
    if (field === 'data') data.push(value);
    else if (field === 'event') name = value;
    else if (field === 'error') name = 'error';
  }
  return { bytes, name, data: data.length === 0 ? null : data.join('\n') };
}

const LINE_END = /\r\n|\n|\r/;

/** The event with other data in the place of its own; its other fields stay. The new data must be of one line. */
export function withData(event: ServerEvent, put: string): ServerEvent {
  if (event.data === null) return event;
  const lines = event.bytes.toString().split(/(?<=\r\n|\n|\r(?!\n))/);
  const first = lines.findIndex(isData);
  const kept = lines.filter((line, i) => i === first || !isData(line));
  const text = kept.map((line) => (isData(line) ? `data: ${put}${/[\r\n]*$/.exec(line)?.[0] ?? ''}` : line)).join('');
  return { ...event, bytes: Buffer.from(text), data: put };
}

function isData(line: string): boolean {
  return line.startsWith('data:');
}

/** A new event of this data. */
export function eventWith(data: unknown, name: string | null = null): ServerEvent {
  const text = typeof data === 'string' ? data : JSON.stringify(data);
  return { bytes: Buffer.from(`${name === null ? '' : `event: ${name}\n`}data: ${text}\n\n`), name, data: text };
}

/** The data of an event as JSON; undefined where it is none. */
export function parsed({ data }: ServerEvent): unknown {
  try {
    return data === null ? undefined : boundedJson(data);
  } catch {
    return undefined;
  }
}
