import { VouchError } from '../../../support/errors.js';

/** All bytes of a stream. Error: TOO_LARGE, thrown after up to `drained` further bytes, so that who sends them can read it. */
export async function readAll(
  stream: AsyncIterable<Buffer> | null | undefined,
  most: number,
  drained = 0,
): Promise<Buffer> {
  const tooLarge = () =>
    new VouchError('TOO_LARGE', 'the body is larger than this gateway takes', { expected: `at most ${most} bytes` });
  let chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream ?? []) {
    size += chunk.length;
    if (size <= most) chunks.push(chunk);
    else chunks = [];
    if (size > most + drained) throw tooLarge();
  }
  if (size > most) throw tooLarge();
  return Buffer.concat(chunks);
}
