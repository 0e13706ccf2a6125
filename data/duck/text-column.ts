/** A column of texts in DuckDB's layout. */
export interface TextColumn {
  /**
   * Sixteen bytes per text: its length, then up to 12 bytes of UTF-8. For longer texts the remaining bytes are not used
   * here.
   */
  readonly bytes: Uint8Array;
  /** Index of the first text in `bytes`. */
  readonly first: number;
  /** The longer texts by index, or an object that finds them. */
  readonly long: Pick<Map<number, string>, 'get'>;
}

export const TEXT = 16;
/** Longest text, in bytes, that is stored inside the sixteen bytes. */
export const INLINE = 12;

export function textAt({ bytes, first, long }: TextColumn, place: number): string {
  const at = bytes.byteOffset + (place - first) * TEXT;
  const text = Buffer.from(bytes.buffer, at, TEXT);
  const size = text.readUInt32LE(0);
  if (size <= INLINE) return text.toString('utf8', 4, 4 + size);
  return long.get(place) as string;
}

/** Copies the texts [from, to), so that they can be sent to another thread. */
export function copied(column: TextColumn, from: number, to: number): TextColumn {
  const bytes = column.bytes.slice((from - column.first) * TEXT, (to - column.first) * TEXT);
  const sizes = new Uint32Array(bytes.buffer);
  const long = new Map<number, string>();
  for (let place = from; place < to; place++) {
    if (sizes[4 * (place - from)] > INLINE) long.set(place, textAt(column, place));
  }
  return { bytes, first: from, long };
}
