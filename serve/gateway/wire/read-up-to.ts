import { Blocks } from '../../work/blocks.js';

/** What was read of a stream, in blocks, and the rest, if there is more than the limit. */
interface ReadPart {
  blocks: Buffer[];
  rest: AsyncIterable<Buffer> | null;
}

/** Reads a stream until it ends or has more than `most` bytes. Errors: those of the stream. */
export async function readUpTo(stream: AsyncIterable<Buffer>, most: number): Promise<ReadPart> {
  const iterator = stream[Symbol.asyncIterator]();
  const read = new Blocks();
  while (read.size <= most) {
    const { done, value } = await iterator.next();
    if (done) return { blocks: read.take(), rest: null };
    read.push(value);
  }
  return { blocks: read.take(), rest: { [Symbol.asyncIterator]: () => iterator } };
}

/** First what was read, then the rest. When the reader stops, the stream ends. */
export async function* joined({ blocks, rest }: ReadPart): AsyncGenerator<Buffer> {
  yield* blocks;
  if (rest !== null) yield* rest;
}

/** The beginning of what was read as text, at most so many bytes of it. */
export function beginOf({ blocks }: Pick<ReadPart, 'blocks'>, most: number): string {
  return Buffer.concat(blocks, Math.min(most, sizeOf(blocks))).toString();
}

function sizeOf(blocks: readonly Buffer[]): number {
  return blocks.reduce((sum, { length }) => sum + length, 0);
}
