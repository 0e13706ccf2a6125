import { GrowingBuffer } from '../../work/growing-buffer.js';

/** What was read of a stream, and the rest, if there is more than the limit. */
interface ReadPart {
  bytes: Buffer;
  rest: AsyncIterable<Buffer> | null;
}

/** Reads a stream until it ends or has more than `most` bytes. Errors: those of the stream. */
export async function readUpTo(stream: AsyncIterable<Buffer>, most: number): Promise<ReadPart> {
  const iterator = stream[Symbol.asyncIterator]();
  const read = new GrowingBuffer();
  while (read.size <= most) {
    const { done, value } = await iterator.next();
    if (done) return { bytes: read.take(), rest: null };
    read.push(value);
  }
  return { bytes: read.take(), rest: { [Symbol.asyncIterator]: () => iterator } };
}

/** First what was read, then the rest. When the reader stops, the stream ends. */
export async function* joined({ bytes, rest }: ReadPart): AsyncGenerator<Buffer> {
  if (bytes.length > 0) yield bytes;
  if (rest !== null) yield* rest;
}
