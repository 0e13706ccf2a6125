/** Bytes that come in chunks, taken in whatever pieces are wanted. */
export interface ByteReader {
  /** The next `size` bytes; fewer where the data end. Memory: that many bytes and one chunk. */
  take(size: number): Promise<Buffer>;
  /** Passes over bytes; gives how many there were. */
  skip(size: number): Promise<number>;
  /** Whether nothing but zeros is left, which it reads through: padding, as tapes and block devices leave it. */
  onlyZeros(): Promise<boolean>;
}

const NONE = Buffer.alloc(0);

/** Reads from chunks. Errors: those of the chunks. */
export function byteReader(chunks: AsyncIterator<Buffer>): ByteReader {
  let held: Buffer = NONE;
  /** What is at hand, or the next chunk; empty at the end only. */
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
