/**
 * A strict reader of the protobuf messages that `graph.ts` writes. It knows only the fields written there and refuses
 * every other field, and every encoding that another parser might read differently. So a runtime loads exactly what was
 * checked. Source: protobuf encoding guide; onnx.proto3 of ONNX 1.13.
 */
type Value = number | Uint8Array | Message;
export type Message = ReadonlyMap<number, Value[]>;

/** Type of a field: an integer, four bytes, bytes or text, another message. */
type Kind = 'integer' | 'float' | 'bytes' | Fields;
interface Fields {
  readonly [field: number]: Kind;
}

const attribute: Fields = { 1: 'bytes', 2: 'float', 3: 'integer', 8: 'integer', 20: 'integer' };
const node: Fields = { 1: 'bytes', 2: 'bytes', 3: 'bytes', 4: 'bytes', 5: attribute };
const tensor: Fields = { 1: 'integer', 2: 'integer', 8: 'bytes', 9: 'bytes' };
const shape: Fields = { 1: { 1: 'integer', 2: 'bytes' } };
const valueInfo: Fields = { 1: 'bytes', 2: { 1: { 1: 'integer', 2: shape } } };
const graph: Fields = { 1: node, 2: 'bytes', 5: tensor, 11: valueInfo, 12: valueInfo };
const model: Fields = {
  1: 'integer',
  2: 'bytes',
  3: 'bytes',
  7: graph,
  8: { 1: 'bytes', 2: 'integer' },
  14: { 1: 'bytes', 2: 'bytes' },
};

/** Largest number of fields of a model: each becomes an object here. */
const MOST_FIELDS = 1_000_000;
const wires: Record<string, number> = { integer: 0, bytes: 2, message: 2, float: 5 };

/** Reads an ONNX model. Throws RangeError for anything that vouch does not write. */
export function parseModel(bytes: Uint8Array): Message {
  let left = MOST_FIELDS;

  const read = (from: Uint8Array, fields: Fields): Message => {
    const found = new Map<number, Value[]>();
    let at = 0;
    const varint = (): number => {
      let value = 0n;
      for (let shift = 0n; shift < 70n; shift += 7n) {
        if (at >= from.length) throw new RangeError('the model is cut short');
        const byte = from[at++];
        if (byte < 128 && shift === 0n) return byte; // most are short
        value |= BigInt(byte & 127) << shift;
        if (byte < 128) return Number(BigInt.asIntN(64, value));
      }
      throw new RangeError('the model has an integer that is too long');
    };
    while (at < from.length) {
      if (left-- === 0) throw new RangeError('the model has too many parts');
      const key = varint();
      const field = Math.floor(key / 8);
      const kind = Object.hasOwn(fields, field) ? fields[field] : undefined;
      const wire = kind === undefined ? -1 : wires[typeof kind === 'string' ? kind : 'message'];
      if (kind === undefined || key % 8 !== wire)
        throw new RangeError(`the model has a part that vouch does not write (${key})`);
      const values = found.get(field) ?? [];
      if (values.length === 0) found.set(field, values);
      if (kind === 'integer') {
        values.push(varint());
        continue;
      }
      const length = kind === 'float' ? 4 : varint();
      if (!(length >= 0 && at + length <= from.length)) throw new RangeError('the model is cut short');
      const inside = from.subarray(at, at + length);
      at += length;
      values.push(typeof kind === 'object' ? read(inside, kind) : inside);
    }
    return found;
  };
  return read(bytes, model);
}
