import { inTurns } from '../../work/in-turns.js';
import { parseJsonSteps } from '../../work/parse-json.js';
import { beginOf, joined, readUpTo } from './read-up-to.js';
import { textOf } from './text-of.js';

/** JSON as the bytes that arrived, in blocks, as text and as its value. */
export interface Json {
  blocks: Buffer[];
  text: string;
  value: unknown;
}

/** The most bytes at the beginning of a body that are read if it is not an answer. */
const BEGIN = 1 << 16;

/** Reads a body as JSON, if it is JSON and has at most `most` bytes. `body` is the whole body. */
export async function readJsonBody(
  body: AsyncIterable<Buffer>,
  most: number,
): Promise<{ json: Json | null; body: AsyncIterable<Buffer>; long: boolean; begin: string }> {
  const part = await readUpTo(body, most);
  const { blocks } = part;
  const all = joined(part);
  const begin = beginOf(part, BEGIN);
  if (part.rest !== null) return { json: null, body: all, long: true, begin };
  const text = await inTurns(textOf(blocks));
  try {
    const value = await inTurns(parseJsonSteps(text));
    return { json: { blocks, text, value }, body: all, long: false, begin };
  } catch {
    return { json: null, body: all, long: false, begin };
  }
}
