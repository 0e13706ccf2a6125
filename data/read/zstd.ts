import { Decompress, ZstdErrorCode } from 'fzstd';

/** Decompresses Zstandard chunk by chunk, any number of frames. Data that are cut off or damaged throw like zlib's, with a `Z_` code. */
export async function* unzstd(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let out: Buffer[] = [];
  const stream = new Decompress((part) => {
    if (part.length > 0) out.push(Buffer.from(part.buffer, part.byteOffset, part.byteLength));
  });
  const push = (chunk: Uint8Array, last: boolean): Buffer[] => {
    out = [];
    try {
      stream.push(chunk, last);
    } catch (error) {
      const early = (error as { code?: number }).code === ZstdErrorCode.UnexpectedEOF;
      throw Object.assign(new Error('Zstandard data', { cause: error }), {
        code: early ? 'Z_BUF_ERROR' : 'Z_DATA_ERROR',
      });
    }
    return out;
  };
  for await (const chunk of chunks) yield* push(chunk, false);
  yield* push(new Uint8Array(0), true);
}
