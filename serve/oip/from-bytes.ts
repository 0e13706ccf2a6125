import { wrong } from './from-json.js';
import type { Data, Datatype, Tensor } from './tensor.js';

const widths = { FP32: 4, INT32: 4, INT64: 8 } as const;

/**
 * Values of a tensor from bytes, little-endian and row-major. Each text of BYTES follows its length in four bytes.
 * Source: the binary tensor data extension of the Open Inference Protocol. Errors: BAD_REQUEST.
 */
export function fromBytes(name: string, datatype: Datatype, size: number, bytes: Buffer): Data {
  if (datatype === 'BYTES') return texts(name, size, bytes);
  if (bytes.length !== size * widths[datatype]) {
    throw wrong(name, 'the number of bytes does not match the shape', `${size * widths[datatype]} bytes`, bytes.length);
  }
  const own = new Uint8Array(bytes).buffer; // a copy: a view must start at a multiple of the element size
  if (datatype === 'FP32') return new Float32Array(own);
  return datatype === 'INT32' ? new Int32Array(own) : new BigInt64Array(own);
}

function texts(name: string, size: number, bytes: Buffer): string[] {
  const list: string[] = [];
  let at = 0;
  while (at + 4 <= bytes.length && list.length <= size) {
    const end = at + 4 + bytes.readUInt32LE(at);
    if (end > bytes.length) break;
    list.push(bytes.toString('utf8', at + 4, end));
    at = end;
  }
  if (list.length === size && at === bytes.length) return list;
  throw wrong(
    name,
    'the texts do not match the shape, or one is shorter than its length says',
    `${size} texts`,
    `${bytes.length} bytes`,
  );
}

/** The bytes of a tensor. */
export function toBytes({ datatype, data }: Tensor): Buffer {
  if (datatype !== 'BYTES') return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  return Buffer.concat(
    data.flatMap((text) => {
      const bytes = Buffer.from(text);
      const length = Buffer.alloc(4);
      length.writeUInt32LE(bytes.length);
      return [length, bytes];
    }),
  );
}
