/** Inputs of a predictor for one answer. */
interface Signals {
  /** NaN: missing. */
  features: Float32Array;
  /** 0: unseen. */
  categories: Int32Array;
  words: Int32Array;
  embeddings: readonly Float32Array[];
}

/**
 * Packs signals into bytes: the number of arrays and their lengths, then their values (features, categories, words, and
 * one array per embedding); all numbers take four bytes, little-endian. The bits of each value are kept.
 */
export function packSignals({ features, categories, words, embeddings }: Signals): Buffer {
  const arrays = [features, categories, words, ...embeddings];
  const bytes = Buffer.alloc(4 * arrays.reduce((sum, { length }) => sum + 1 + length, 1));
  let at = bytes.writeUInt32LE(arrays.length, 0);
  for (const { length } of arrays) at = bytes.writeUInt32LE(length, at);
  for (const array of arrays) {
    bytes.set(littleEndian(new Uint8Array(array.buffer, array.byteOffset, array.byteLength)), at);
    at += array.byteLength;
  }
  return bytes;
}

/** The signals in these bytes; null if they are not packed signals. */
export function unpackSignals(bytes: Uint8Array): Signals | null {
  const all = Buffer.from(bytes); // a copy, so that arrays start at multiples of four bytes
  const count = all.length >= 4 ? all.readUInt32LE(0) : 0;
  if (count < 3 || all.length < 4 * (1 + count)) return null;
  const lengths = Array.from({ length: count }, (_, i) => all.readUInt32LE(4 * (1 + i)));
  if (4 * lengths.reduce((sum, length) => sum + length, 1 + count) !== all.length) return null;
  let at = 4 * (1 + count);
  const [features, categories, words, ...embeddings] = lengths.map((length) => {
    const part = littleEndian(new Uint8Array(all.subarray(at, at + 4 * length))).slice();
    at += 4 * length;
    return part.buffer;
  });
  return {
    features: new Float32Array(features),
    categories: new Int32Array(categories),
    words: new Int32Array(words),
    embeddings: embeddings.map((buffer) => new Float32Array(buffer)),
  };
}

const IS_LITTLE = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** The bytes of four-byte numbers in little-endian order. */
function littleEndian(bytes: Uint8Array): Uint8Array {
  return IS_LITTLE ? bytes : new Uint8Array(Buffer.from(bytes).swap32());
}
