/**
 * The part of the protobuf wire format that ONNX needs: varints, length-delimited fields, packed 64-bit integers. A
 * message is a list of byte chunks; `message` joins them. Source: protobuf encoding guide, wire types 0, 2 and 5.
 */
const text = new TextEncoder();

function varint(value: number | bigint): Uint8Array {
  let rest = BigInt.asUintN(64, BigInt(value));
  const bytes: number[] = [];
  do {
    const low = Number(rest & 127n);
    rest >>= 7n;
    bytes.push(rest === 0n ? low : low | 128);
  } while (rest !== 0n);
  return Uint8Array.from(bytes);
}

export function join(chunks: Uint8Array[]): Uint8Array {
  let length = 0;
  for (const chunk of chunks) length += chunk.length;
  const all = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    all.set(chunk, at);
    at += chunk.length;
  }
  return all;
}

/** Field with an integer value (wire type 0). */
export function int(field: number, value: number | bigint): Uint8Array {
  return join([varint(field << 3), varint(value)]);
}

/** Field with raw bytes or a nested message (wire type 2). */
export function bytes(field: number, value: Uint8Array): Uint8Array {
  return join([varint((field << 3) | 2), varint(value.length), value]);
}

/** Field with a UTF-8 string (wire type 2). */
export function string(field: number, value: string): Uint8Array {
  return bytes(field, text.encode(value));
}

/** Field with a 32-bit float (wire type 5). */
export function float(field: number, value: number): Uint8Array {
  const four = new Uint8Array(4);
  new DataView(four.buffer).setFloat32(0, value, true);
  return join([varint((field << 3) | 5), four]);
}
