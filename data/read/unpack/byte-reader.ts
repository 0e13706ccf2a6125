/** Reads bytes that arrive in chunks, in pieces of any size. */
export interface ByteReader {
  /** The next `size` bytes; fewer if the data ends first. Memory: that many bytes and one chunk. */
  take(size: number): Promise<Buffer>;
  /** Skips bytes; returns how many were skipped. */
  skip(size: number): Promise<number>;
  /** Whether only zeros are left. It reads them all. Tapes and block devices pad data with zeros. */
  onlyZeros(): Promise<boolean>;
}

const NONE = Buffer.alloc(0);

/** Reads from chunks. Errors: those of the chunks. */
export function byteReader(chunks: AsyncIterator<Buffer>): ByteReader {
  let held: Buffer = NONE;
  /** The unread rest of a chunk, or the next chunk; empty only at the end. */
  const more = async (): Promise<Buffer> => {
    while (held.length === 0) {
      const next = await chunks.next();
      if (next.done) break;
      held = next.value;
    }
    return held;
  };
  const cut = (size: number): Buffer => {
    const part = held.subarray(0, size);
    held = held.subarray(part.length);
    return part;
  };
  return {
    async take(size) {
      if (held.length >= size) return cut(size);
      const parts: Buffer[] = [];
      let missing = size;
      while (missing > 0 && (await more()).length > 0) {
        parts.push(cut(missing));
        missing -= parts[parts.length - 1].length;
      }
      return parts.length === 1 ? parts[0] : Buffer.concat(parts);
    },
    async skip(size) {
      let left = size;
      while (left > 0 && (await more()).length > 0) left -= cut(left).length;
      return size - left;
    },
    async onlyZeros() {
      while ((await more()).length > 0) {
        if (cut(held.length).some((byte) => byte !== 0)) return false;
      }
      return true;
    },
  };
}
