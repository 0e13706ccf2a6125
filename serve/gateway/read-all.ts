import { VouchError } from '../../support/errors.js';

/** All bytes of a stream. Errors: TOO_LARGE. */
export async function readAll(stream: AsyncIterable<Buffer> | null | undefined, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.length;
    if (size > most)
      throw new VouchError('TOO_LARGE', 'the body is larger than this gateway takes', {
        expected: `at most ${most} bytes`,
      });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
