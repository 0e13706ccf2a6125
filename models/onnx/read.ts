/** What can be read back from a model that vouch wrote: its constants by name, and its metadata. */
export interface ReadModel {
  floats: Map<string, Float32Array>;
  /** int64 constants, as numbers. */
  ints: Map<string, Int32Array>;
  metadata: Map<string, string>;
}

/** A float32 constant of a model. Throws RangeError if it has none of this name. */
export function constantIn({ floats }: ReadModel, name: string): Float32Array {
  const values = floats.get(name);
  if (values === undefined) throw new RangeError(`the model has no constant ${name}`);
  return values;
}

/** One field of a protobuf message. */
export interface Field {
  number: number;
  bytes: Uint8Array;
}

/**
 * Reads the float32 and int64 initializers and the metadata_props of an ONNX model, raw_data only. Throws RangeError if
 * the file is cut short.
 */
export function readModel(bytes: Uint8Array): ReadModel {
  const floats = new Map<string, Float32Array>();
  const ints = new Map<string, Int32Array>();
  const metadata = new Map<string, string>();
  const text = new TextDecoder();
  for (const field of fieldsOf(bytes)) {
    if (field.number === 14) {
      const entry = new Map(fieldsOf(field.bytes).map(({ number, bytes: value }) => [number, text.decode(value)]));
      metadata.set(entry.get(1) ?? '', entry.get(2) ?? '');
    }
    if (field.number !== 7) continue;
    for (const { number, bytes: tensor } of fieldsOf(field.bytes)) {
      if (number !== 5) continue;
      const parts = new Map(fieldsOf(tensor).map((part) => [part.number, part.bytes]));
      const raw = parts.get(9);
      const type = parts.get(2)?.[0];
      if (raw === undefined) continue;
      const { buffer } = new Uint8Array(raw); // a copy, aligned to 8 bytes
      const name = text.decode(parts.get(8));
      if (type === 1) floats.set(name, new Float32Array(buffer));
      if (type === 7) ints.set(name, lowHalves(new Int32Array(buffer)));
    }
  }
  return { floats, ints, metadata };
}

/** Converts 64-bit integers, given as pairs of 32 bits with the lower first, that fit into the lower half. */
function lowHalves(pairs: Int32Array): Int32Array {
  const low = new Int32Array(pairs.length / 2);
  for (let i = 0; i < low.length; i++) low[i] = pairs[2 * i];
  return low;
}

/**
 * The fields of a message. A varint's value is given as bytes in little-endian order; only the first byte is needed
 * here.
 */
export function fieldsOf(bytes: Uint8Array): Field[] {
  const fields: Field[] = [];
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      if (at >= bytes.length) throw new RangeError('the model is cut short');
      const byte = bytes[at++];
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return value;
    }
  };
  while (at < bytes.length) {
    const key = varint();
    const number = Math.floor(key / 8);
    const wire = key % 8;
    if (wire === 0) {
      fields.push({ number, bytes: Uint8Array.of(varint() & 255) });
      continue;
    }
    const length = wire === 2 ? varint() : wire === 5 ? 4 : 8;
    if (at + length > bytes.length) throw new RangeError('the model is cut short');
    fields.push({ number, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return fields;
}
