import { inTurns } from '../../work/in-turns.js';
import { parseJsonSteps } from '../../work/parse-json.js';
import { joined, readUpTo } from './read-up-to.js';

/** JSON, as it came, as text and as its value. */
export interface Json {
  bytes: Buffer;
  text: string;
  value: unknown;
}

/** Bytes of a body's beginning that are looked at where it is no answer. */
const BEGIN = 1 << 16;

/** Reads a body as JSON, if it is any and no longer than `most` bytes; `body` is all of it. */
export async function readJsonBody(
  body: AsyncIterable<Buffer>,
  most: number,
): Promise<{ json: Json | null; body: AsyncIterable<Buffer>; long: boolean; begin: string }> {
  const part = await readUpTo(body, most);
  const all = joined(part);
  const begin = part.bytes.toString('utf8', 0, BEGIN);
  if (part.rest !== null) return { json: null, body: all, long: true, begin };
  const text = part.bytes.toString();
  try {
    return {
      json: { bytes: part.bytes, text, value: await inTurns(parseJsonSteps(text)) },
      body: all,
      long: false,
      begin,
    };
  } catch {
    return { json: null, body: all, long: false, begin };
  }
}
