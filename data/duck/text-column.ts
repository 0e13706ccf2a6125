/** Texts as DuckDB has them. */
export interface TextColumn {
  /** Sixteen bytes a text: its length, then up to 12 bytes of UTF-8; what longer texts have there is of no use. */
  readonly bytes: Uint8Array;
  /** Place of the first text in `bytes`. */
  readonly first: number;
  /** The longer texts by place, or what finds them. */
  readonly long: Pick<Map<number, string>, 'get'>;
}

export const TEXT = 16;
/** Longer texts do not lie in the sixteen bytes. */
export const INLINE = 12;

export function textAt({ bytes, first, long }: TextColumn, place: number): string {
  const at = bytes.byteOffset + (place - first) * TEXT;
  const text = Buffer.from(bytes.buffer, at, TEXT);
  const size = text.readUInt32LE(0);
  if (size <= INLINE) return text.toString('utf8', 4, 4 + size);
  return long.get(place) as string;
}

/** The texts [from, to) as plain data of their own, for another thread. */
export function copied(column: TextColumn, from: number, to: number): TextColumn {
  const bytes = column.bytes.slice((from - column.first) * TEXT, (to - column.first) * TEXT);
  const sizes = new Uint32Array(bytes.buffer);
  const long = new Map<number, string>();
  for (let place = from; place < to; place++) {
    if (sizes[4 * (place - from)] > INLINE) long.set(place, textAt(column, place));
  }
  return { bytes, first: from, long };
}
