import type { IncomingHttpHeaders } from 'node:http';
import { Readable } from 'node:stream';
import { inTurns } from '../../work/in-turns.js';
import { unpacked } from '../upstream/unpacked.js';
import { eventsOf } from './events.js';
import { isEventStream } from './is-event-stream.js';
import { joined, readUpTo } from './read-up-to.js';
import { textOf } from './text-of.js';
import { unclaimedEvent, unclaimedText } from './unclaimed.js';

/** A body on its way to the client, with the headers that describe it. */
interface Passing {
  headers: IncomingHttpHeaders;
  body: AsyncIterable<Buffer>;
}

/** The most bytes of a body that is examined as a whole, and of an event or line. */
interface MostHeld {
  body: number;
  event: number;
}

const JSON_LINES = /\b(?:ndjson|jsonl|json-lines|jsonlines|json-seq)\b/i;

/**
 * A body without a `vouch` field that an upstream put at the top level of its JSON, of an event or of a line. Other
 * bodies keep their bytes. A body that begins as an object is held until it is complete; bodies longer than `most.body`
 * pass unchanged.
 */
export async function unclaimedBody({ headers, body }: Passing, most: MostHeld): Promise<Passing> {
  if (isEventStream(headers)) return ofParts(headers, body, (plain) => events(plain, most.event));
  if (JSON_LINES.test(headers['content-type'] ?? ''))
    return ofParts(headers, body, (plain) => lines(plain, most.event));
  const iterator = body[Symbol.asyncIterator]();
  const { value: first, done } = await iterator.next();
  if (done === true) return { headers, body: Readable.from([]) };
  const whole = joined({ blocks: [first], rest: { [Symbol.asyncIterator]: () => iterator } });
  if (!mayBeObject(headers, first)) return { headers, body: whole };
  const read = await readUpTo(whole, most.body);
  if (read.rest !== null) return { headers, body: joined(read) };
  const isPacked = headers['content-encoding'] !== undefined;
  const plain = isPacked ? await unpackedBlocks(headers, read.blocks, most.body) : read.blocks;
  const text = plain === null ? null : await inTurns(textOf(plain));
  const own = text === null ? null : await unclaimedText(text.replace(/^\uFEFF/, ''));
  if (own === null) return { headers, body: joined(read) };
  return { headers: withoutSize(headers), body: Readable.from([Buffer.from(own)]) };
}

/** Whether a body may be a JSON object: by its beginning, or by its content type if it is compressed. */
function mayBeObject(headers: IncomingHttpHeaders, first: Buffer): boolean {
  if (headers['content-encoding'] !== undefined) return /json|^text\/plain|^$/i.test(headers['content-type'] ?? '');
  return /^\s*(?:\{|$)/.test(first.toString('utf8', 0, BEGIN)); // JavaScript's \s includes the byte order mark
}

/** The number of bytes that show the kind of a body. */
const BEGIN = 256;

type Cleaned = (plain: AsyncIterable<Buffer>) => AsyncIterable<Buffer>;

/** A body in parts, each of which is cleaned as it arrives. Compressed bodies are decompressed. */
function ofParts(headers: IncomingHttpHeaders, body: AsyncIterable<Buffer>, clean: Cleaned): Passing {
  if (headers['content-encoding'] === undefined) return { headers: withoutLength(headers), body: clean(body) };
  const plain = unpacked(headers, Readable.from(body, { objectMode: false }));
  if (plain.headers['content-encoding'] !== undefined) return { headers, body: plain.body };
  return { headers: withoutLength(plain.headers), body: clean(plain.body) };
}

async function* events(body: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  for await (const event of eventsOf(body, most)) yield (await unclaimedEvent(event)).bytes;
}

async function* lines(body: AsyncIterable<Buffer>, most: number): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const chunk of body) {
    let from = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
      yield await line(Buffer.concat([...held, chunk.subarray(from, end + 1)]));
      held = [];
      size = 0;
      from = end + 1;
    }
    held.push(chunk.subarray(from));
    size += chunk.length - from;
    if (size <= most) continue;
    yield* held;
    held = [];
    size = 0;
  }
  if (size > 0) yield await line(Buffer.concat(held));
}

async function line(bytes: Buffer): Promise<Buffer> {
  const own = await unclaimedText(bytes.toString());
  return own === null ? bytes : Buffer.from(own);
}

/** A compressed body, decompressed; null if that fails or the result is too long. */
async function unpackedBlocks(headers: IncomingHttpHeaders, blocks: Buffer[], most: number): Promise<Buffer[] | null> {
  const plain = unpacked(headers, Readable.from(blocks, { objectMode: false }));
  if (plain.headers['content-encoding'] !== undefined) return null;
  try {
    const read = await readUpTo(plain.body, most);
    return read.rest === null ? read.blocks : null;
  } catch {
    return null;
  } finally {
    plain.body.on('error', () => {}).destroy();
  }
}

function withoutLength({ 'content-length': _, ...headers }: IncomingHttpHeaders): IncomingHttpHeaders {
  return headers;
}

/** Headers without those that describe the bytes as they arrived. */
function withoutSize(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  const { 'content-encoding': _, etag: __, digest: ___, 'content-digest': ____, ...own } = withoutLength(headers);
  return own;
}
