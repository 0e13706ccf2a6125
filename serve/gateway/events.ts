/** One server-sent event: its bytes as they came, its end included, and its data; null where it has none (a comment). */
export interface ServerEvent {
  bytes: Buffer;
  data: string | null;
}

const END = /\r\n\r\n|\n\n|\r\r/g;

/**
 * Cuts a stream of server-sent events at the blank lines, as soon as each is whole. Joined, the bytes are those that came; what
 * stands behind the last blank line comes last. Source: WHATWG HTML, section 9.2.6.
 */
export async function* eventsOf(body: AsyncIterable<Buffer>): AsyncGenerator<ServerEvent> {
  let rest = '';
  for await (const chunk of body) {
    rest += chunk.toString('latin1'); // a byte a character, so that nothing is lost where a character is cut
    let from = 0;
    END.lastIndex = 0;
    for (let end = END.exec(rest); end !== null; end = END.exec(rest)) {
      yield eventOf(rest.slice(from, END.lastIndex));
      from = END.lastIndex;
    }
    rest = rest.slice(from);
  }
  if (rest !== '') yield eventOf(rest);
}

function eventOf(latin: string): ServerEvent {
  const bytes = Buffer.from(latin, 'latin1');
  const lines = bytes
    .toString()
    .split(/\r\n|\n|\r/)
    .filter((line) => line.startsWith('data:'));
  return { bytes, data: lines.length === 0 ? null : lines.map((line) => line.slice(5).replace(/^ /, '')).join('\n') };
}

/** The event with other data in the place of its own; its other fields stay. */
export function withData({ bytes, data }: ServerEvent, put: string): Buffer {
  const text = bytes.toString();
  const at = data === null ? -1 : text.indexOf(data);
  return at < 0 ? bytes : Buffer.from(text.slice(0, at) + put + text.slice(at + data!.length));
}

/** A new event of this data. */
export function eventWith(data: unknown): Buffer {
  return Buffer.from(`data: ${JSON.stringify(data)}\n\n`);
}
